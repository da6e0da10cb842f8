import { Bitloga } from "payseal";

import { body, run, signature } from "./program.mjs";

const client = new Bitloga({ apiKey: "api-key", apiSecret: "api-secret" });
run(() => client.verifyCallback(body, signature).uniqueid);
