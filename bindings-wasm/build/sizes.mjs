// Prints the sizes of files, raw and compressed: node sizes.mjs FILE…

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

/**
 * The sizes of some bytes in bytes: as they are, and as a server sends them.
 *
 * @param {Uint8Array} bytes
 * @returns {{ raw: number, gzip: number, brotli: number }}
 */
export function sizes(bytes) {
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes).length,
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const file of process.argv.slice(2)) {
    const { raw, gzip, brotli } = sizes(readFileSync(file));
    console.log(`${basename(file)}: ${raw} bytes, gzip ${gzip}, brotli ${brotli}`);
  }
}
