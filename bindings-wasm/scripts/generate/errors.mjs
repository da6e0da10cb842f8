// The codes of errors.

export function errorsFile({ errors, gateways }) {
  const rows = errors.map(({ code, family }) => `  ["${code}", "${family}"],\n`).join("");
  const union = errors.map(({ code }) => `\n  | "${code}"`).join("");
  return (
    `/** Every code with its class, in the order of the core. */\nexport const codes = [\n${rows}] as const;\n\n` +
    `/** The stable name of what went wrong. */\nexport type CoreErrorCode =${union};\n\n` +
    `/** The header that carries the signature of a callback. */\n` +
    `export const signatureHeader = ${JSON.stringify(gateways.Bitloga.signature_header)};\n`
  );
}
