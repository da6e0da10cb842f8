declare module "*.wasm?text" {
  export const decoder: string;
  export const text: string;
}
