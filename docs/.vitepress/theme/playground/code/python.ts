import type { Argument } from "../form.ts";
import type { Gateway } from "../methods.ts";
import { given } from "../request.ts";
import type { Wanted } from "../request.ts";
import { block, indented, quoted, settingsOf, variable } from "./words.ts";

const INDENT = "    ";

/** A call as a program in Python. */
export function python(wanted: Wanted): string {
  const { gateway, method } = wanted;
  const settings = settingsOf(wanted).map(
    ([{ name, secret }, text]) => `${name}=${secret ? environment(gateway, name) : quoted(text)}`,
  );
  const parameters = given(wanted).map(
    (argument) => `${argument.parameter.python}=${indented(value(gateway, argument), INDENT)}`,
  );
  const call = block(`client.${method.name}(`, parameters, ")", INDENT);
  return `import os
${call.includes("Decimal(") ? "from decimal import Decimal\n" : ""}
from payseal import ${gateway.name}

client = ${block(`${gateway.name}(`, settings, ")", INDENT)}
call = ${call}
# Send it: response = httpx.request(call.method, call.url, headers=call.headers, content=call.body)
`;
}

function value(gateway: Gateway, { parameter: { kind, name, secret }, text, members }: Argument): string {
  if (secret) return environment(gateway, name);
  if (kind === "group") {
    const lines = members.map((one) => `${quoted(one.parameter.name)}: ${indented(value(gateway, one), INDENT)}`);
    return block("{", lines, "}", INDENT);
  }
  if (kind === "integer") return String(BigInt(text));
  // Decimal would write an exponent in its own way.
  return kind === "amount" && /^[0-9.]+$/.test(text) ? `Decimal(${quoted(text)})` : quoted(text);
}

const environment = (gateway: Gateway, name: string): string => `os.environ["${variable(gateway, name)}"]`;
