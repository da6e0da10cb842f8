import { Webhook } from "standardwebhooks";

import { body, run } from "./program.mjs";

const webhook = new Webhook(`whsec_${btoa("api-secret-of-enough-bytes")}`);
const now = new Date();
const headers = {
  "webhook-id": "msg_125",
  "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
  "webhook-signature": webhook.sign("msg_125", now, body),
};
run(() => webhook.verify(body, headers).uniqueid);
