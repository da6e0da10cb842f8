import { Bitloga } from "payseal";

try {
  const bitloga = new Bitloga({ apiKey: "key", apiSecret: "secret" });
  globalThis.results = { method: bitloga.balances().method };
} catch (error) {
  globalThis.results = { error: String(error) };
}
