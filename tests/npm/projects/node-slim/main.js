import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as payseal from "payseal/slim";
import { printResults } from "./suite/print.mjs";

payseal.init(readFileSync(fileURLToPath(import.meta.resolve("payseal/payseal.wasm"))));
await printResults(payseal);
