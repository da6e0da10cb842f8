import * as payseal from "payseal";
import { printResults } from "./suite/print.mjs";

await printResults(payseal);
