import * as payseal from "payseal";
import { runSuite } from "./suite/suite.mjs";

addEventListener("fetch", (event) => {
  event.respondWith(runSuite(payseal).then((results) => Response.json(results)));
});
