// The same Worker written with what the platform has.

const encoder = new TextEncoder();
const algorithm = { name: "HMAC", hash: "SHA-512" };
let key;

function bytesOf(digits) {
  const bytes = new Uint8Array(digits.length / 2);
  for (let number = 0; number < bytes.length; number++) {
    bytes[number] = parseInt(digits.slice(2 * number, 2 * number + 2), 16);
  }
  return bytes;
}

export default {
  async fetch(request) {
    const body = await request.text();
    const signature = bytesOf(request.headers.get("x-signature") ?? "");
    key ??= crypto.subtle.importKey("raw", encoder.encode("api-secret"), algorithm, false, ["verify"]);
    if (!(await crypto.subtle.verify("HMAC", await key, signature, encoder.encode(body)))) {
      return new Response("signature_mismatch", { status: 401 });
    }
    const callback = JSON.parse(body);
    return new Response(`${callback.uniqueid} ${callback.amount}`);
  },
};
