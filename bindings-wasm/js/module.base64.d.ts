declare module "*.wasm?base64" {
  export const base64: string;
}
