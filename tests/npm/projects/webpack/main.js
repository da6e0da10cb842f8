import * as payseal from "payseal";
import { runSuite } from "./suite/suite.mjs";

runSuite(payseal).then((results) => {
  globalThis.results = results;
});
