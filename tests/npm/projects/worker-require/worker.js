import { runSuite } from "./suite/suite.mjs";

// As a dependency does that is CommonJS.
const payseal = require("payseal");

export default {
  async fetch() {
    return Response.json(await runSuite(payseal));
  },
};
