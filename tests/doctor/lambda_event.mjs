// What AWS Lambda hands to a function for a request, and the body that a handler takes which does not decode it:
// node lambda_event.mjs SIGNED NAME

import { readFileSync, writeFileSync } from "node:fs";

const [, , signed = "", name] = process.argv;
const { body, headers } = JSON.parse(readFileSync(signed, "utf8"));
const event = { version: "2.0", headers, body: Buffer.from(body).toString("base64"), isBase64Encoded: true };
writeFileSync(`${name}.headers`, JSON.stringify(event));
writeFileSync(`${name}.body`, event.body);
