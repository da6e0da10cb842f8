import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as payseal from "payseal/slim";
import { printResults } from "./suite/print.mjs";

payseal.init(readFileSync(createRequire(import.meta.url).resolve("payseal/payseal.wasm")));
await printResults(payseal);
