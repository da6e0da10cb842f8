const payseal = require("payseal");

import("./suite/print.mjs").then(({ printResults }) => printResults(payseal));
