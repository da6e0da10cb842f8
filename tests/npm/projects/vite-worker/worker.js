import * as payseal from "payseal";
import { runSuite } from "./suite/suite.mjs";

export default {
  async fetch() {
    return Response.json(await runSuite(payseal));
  },
};
