// Prints the types of the package's entries without their comments: the public names of JavaScript and TypeScript.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import ts from "typescript";

const types = join(dirname(dirname(fileURLToPath(import.meta.url))), "dist", "cjs");
const printer = ts.createPrinter({ removeComments: true });
for (const entry of ["index", "slim", "payseal.wasm"]) {
  const file = join(types, `${entry}.d.ts`);
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
  console.log(`// ${entry}\n${printer.printFile(source).trimEnd()}`);
}
