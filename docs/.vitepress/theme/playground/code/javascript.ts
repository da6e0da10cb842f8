import type { Argument } from "../form.ts";
import type { Gateway } from "../methods.ts";
import { given } from "../request.ts";
import type { Wanted } from "../request.ts";
import { block, indented, quoted, settingsOf, variable } from "./words.ts";

const INDENT = "  ";

/** A call as a program in JavaScript. */
export function javascript(wanted: Wanted): string {
  const { gateway, method } = wanted;
  const settings = settingsOf(wanted).map(
    ([{ name, javascript, secret }, text]) =>
      `${javascript}: ${secret ? `process.env.${variable(gateway, name)}` : quoted(text)}`,
  );
  const parameters = given(wanted);
  return `import { ${gateway.name} } from "payseal";

const client = new ${gateway.name}(${block("{", settings, "}", INDENT)});
const call = client.${method.javascript}(${parameters.length > 0 ? object(gateway, parameters) : ""});
// Send it: const response = await fetch(call.url, call);
`;
}

function object(gateway: Gateway, members: readonly Argument[]): string {
  const lines = members.map((member) => `${member.parameter.name}: ${indented(value(gateway, member), INDENT)}`);
  return block("{", lines, "}", INDENT);
}

function value(gateway: Gateway, { parameter: { kind, name, secret }, text, members }: Argument): string {
  if (secret) return `process.env.${variable(gateway, name)}`;
  if (kind === "group") return object(gateway, members);
  if (kind !== "integer") return quoted(text);
  const number = BigInt(text);
  return Number.isSafeInteger(Number(number)) ? String(number) : `${number}n`;
}
