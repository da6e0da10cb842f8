export default {
  compatibilityDate: "2026-04-01",
  cloudflare: { deployConfig: true },
  experimental: { wasm: true },
};
