import * as payseal from "payseal";
import { runSuite } from "./suite/suite.mjs";

globalThis.results = await runSuite(payseal);
