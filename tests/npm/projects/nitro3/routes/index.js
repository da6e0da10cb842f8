import { defineHandler } from "nitro/h3";
import * as payseal from "payseal";
import { runSuite } from "../suite/suite.mjs";

export default defineHandler(() => runSuite(payseal));
