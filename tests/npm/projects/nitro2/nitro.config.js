export default {
  compatibilityDate: "2026-11-01",
  cloudflare: { deployConfig: true },
  experimental: { wasm: true },
};
