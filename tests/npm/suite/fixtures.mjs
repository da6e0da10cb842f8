// What the suite signs and verifies, and a second opinion on signatures.

export const secret = "9b1c7e20d4f84a6fb35e8a1d0c72f6e3";
export const otherSecret = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";

const encoder = new TextEncoder();

/**
 * The HMAC-SHA512 of a body in hexadecimal digits, made by the platform's own WebCrypto.
 *
 * @param {string | Uint8Array} body
 * @param {string} [key]
 * @returns {Promise<string>}
 */
export async function sign(body, key = secret) {
  const algorithm = { name: "HMAC", hash: "SHA-512" };
  const signer = await crypto.subtle.importKey("raw", encoder.encode(key), algorithm, false, ["sign"]);
  const bytes = typeof body === "string" ? encoder.encode(body) : body;
  const digest = await crypto.subtle.sign("HMAC", signer, /** @type {BufferSource} */ (bytes));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The text of a callback as the gateway documents it, with other or further fields.
 *
 * @param {Record<string, unknown>} [fields]
 */
export function callbackText(fields = {}) {
  return JSON.stringify({
    to: "WMZ",
    amount: 1,
    purse: "Z123456789012",
    type: "Invoice",
    status: "Payed",
    invoiceid: 5,
    uniqueid: "125",
    ...fields,
  });
}

/** @param {string} text */
export function bytesOf(text) {
  return encoder.encode(text);
}
