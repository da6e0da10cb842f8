import * as payseal from "payseal";
import { runSuite } from "../suite/suite.mjs";

export const dynamic = "force-dynamic";

export async function GET() {
  return Response.json(await runSuite(payseal));
}
