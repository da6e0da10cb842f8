import * as payseal from "payseal";
import { runSuite } from "../../suite/suite.mjs";

export async function GET() {
  return Response.json(await runSuite(payseal));
}
