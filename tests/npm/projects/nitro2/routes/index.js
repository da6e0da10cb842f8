import * as payseal from "payseal";
import { runSuite } from "../suite/suite.mjs";

export default defineEventHandler(() => runSuite(payseal));
