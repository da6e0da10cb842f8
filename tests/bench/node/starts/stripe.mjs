import { createHmac } from "node:crypto";

import Stripe from "stripe";

import { body, run } from "./program.mjs";

const stripe = new Stripe("sk_test_key");
const time = Math.floor(Date.now() / 1000);
const digits = createHmac("sha256", "whsec_secret").update(`${time}.${body}`).digest("hex");
const header = `t=${time},v1=${digits}`;
run(() => stripe.webhooks.constructEvent(body, header, "whsec_secret").uniqueid);
