// Files and standard input, read as bytes.

import { readFileSync, writeFileSync } from "node:fs";
import { stderr, stdin } from "node:process";

import { unreachable } from "./failure.js";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  EACCES: "permission denied",
  EISDIR: "it is a folder",
};
const PASTE =
  "Paste the body, then press Ctrl-D twice: a line break at its end would count as part of it." +
  " --body FILE reads a file.\n";

/** The bytes of the file that an option names. */
export function readFile(option: string, file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw unreachable(`the file of ${option} cannot be read: ${reason(error)}`);
  }
}

/** Writes the file that an option names. */
export function writeFile(option: string, file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw unreachable(`the file of ${option} cannot be written: ${reason(error)}`);
  }
}

function reason(error: unknown): string {
  return REASONS[(error as { code?: string }).code ?? ""] ?? "the system refuses it";
}

/** The body: of a file, or of standard input. */
export async function readBody(file: string | undefined): Promise<Uint8Array> {
  if (file !== undefined && file !== "-") return readFile("--body", file);
  if (stdin.isTTY) stderr.write(PASTE);
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}
