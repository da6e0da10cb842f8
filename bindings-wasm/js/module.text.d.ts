declare module "*.wasm?text" {
  export const alphabet: string;
  export const frequent: readonly number[];
  export const text: string;
}
