// What jsdom lacks and the suite uses, taken from Node. The package has been imported without it before.

/**
 * @param {Record<string, any>} ofNode globals of Node
 * @returns {string[]} those that jsdom lacks
 */
export function complete({ crypto: { subtle }, ...ofNode }) {
  if (crypto.subtle === undefined) Object.defineProperty(crypto, "subtle", { value: subtle });
  const lacking = Object.keys(ofNode).filter((name) => globalThis[name] === undefined);
  for (const name of lacking) globalThis[name] = ofNode[name];
  return lacking;
}
