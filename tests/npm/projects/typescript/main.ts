import * as payseal from "payseal";
import { printResults } from "./suite/print.mjs";
import { useTypes } from "./types.js";

useTypes();
await printResults(payseal);
