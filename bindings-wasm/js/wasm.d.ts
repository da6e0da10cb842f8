declare module "*.wasm" {
  const value: string;
  export default value;
}

declare module "*.wasm?module" {
  const value: string;
  export default value;
}
