import type { Argument } from "../form.ts";
import type { Gateway, Parameter, RustType } from "../methods.ts";
import { given } from "../request.ts";
import type { Wanted } from "../request.ts";
import { block, indented, quotedInRust, settingsOf, variable } from "./words.ts";

const INDENT = "    ";

/** How wide arguments in one line may be. */
const WIDE = 60;

/** What a constructor takes, and may be left out all the same: it is taken away again. */
const LEFT_OUT: Readonly<Record<string, { readonly given: string; readonly none: string }>> = {
  purse: { given: '""', none: ".purse(None::<String>)" },
  value: { given: '"1".parse()?', none: ".value(None::<Amount>)" },
};

/** A call as a program in Rust. */
export function rust(wanted: Wanted): string {
  const { gateway, method } = wanted;
  const client = clientOf(wanted);
  const call = callOf(wanted);
  const types = [...new Set(typesOf(method.rust, given(wanted)))].sort();
  const module = gateway.name.toLowerCase();
  const names = [
    ...(/<Amount>/.test(call) ? ["Amount"] : []),
    gateway.name,
    ...(client.includes("Secret::") ? ["Secret"] : []),
    ...(types.length > 0 ? [`${module}::${types.length > 1 ? `{${types.join(", ")}}` : types[0]}`] : []),
  ];
  return `use payseal::${names.length > 1 ? `{${names.join(", ")}}` : names[0]};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = ${indented(client, INDENT)};
    let call = client.${method.name}${taking([call]).replaceAll("\n", `\n${INDENT}`)}?;
    let request = call.request();
    // Send its url, headers and body with the HTTP client you have.
    println!("{}", request.method);
    Ok(())
}
`;
}

function clientOf(wanted: Wanted): string {
  const { gateway } = wanted;
  const settings = new Map(
    settingsOf(wanted).map(([{ name, secret }, text]) => [
      name,
      secret ? environment(gateway, name) : quotedInRust(text),
    ]),
  );
  const setter = (name: string, of: (text: string) => string) => {
    const text = settings.get(name);
    return text === undefined ? "" : `\n.${of(text)}`;
  };
  const taken =
    gateway.name === "Bitloga"
      ? [settings.get("api_key") ?? "", `Secret::new(${settings.get("api_secret")})?`]
      : [settings.get("wallet_id") ?? ""];
  const setters =
    setter("notification_secret", (text) => `notification_secret(&Secret::new(${text})?)`) +
    setter("base_url", (text) => `base_url(${text})`) +
    setter("invoice_url", (text) => `with_invoice_url(${text})`);
  return `${gateway.name}::new${taking(taken)}${indented(setters, INDENT)}`;
}

function callOf(wanted: Wanted): string {
  const { gateway, method } = wanted;
  const parameters = given(wanted);
  if (method.rust) return `&${built(gateway, method.rust, parameters)}`;
  const [only] = parameters;
  const text = only === undefined ? "" : `${only.parameter.secret ? "&" : ""}${value(gateway, only)}`;
  if (method.parameters.every(({ required }) => required)) return text;
  return text === "" ? "None" : `Some(${text})`;
}

/** The types that hold parameters and groups of them. */
function* typesOf(rust: RustType | null, members: readonly Argument[]): Generator<string> {
  if (rust) yield rust.type;
  for (const { parameter, members: inner } of members) yield* typesOf(parameter.rust, inner);
}

/** A value of a type: its constructor, then a setter for each of the other members. */
function built(gateway: Gateway, { type, constructors }: RustType, members: readonly Argument[]): string {
  const find = (name: string) => members.find(({ parameter }) => parameter.name === name);
  const fits = ({ takes }: { takes: readonly string[] }) => takes.every((name) => name === "purse" || find(name) !== undefined);
  const chosen = constructors.find(fits) ?? constructors[0];
  if (chosen === undefined) throw new Error(`Rust's ${type} has no constructor`);
  const passed = chosen.takes.map((name) => {
    const member = find(name);
    return member === undefined ? (LEFT_OUT[name]?.given ?? "") : taken(gateway, member);
  });
  const missing = chosen.takes.filter((name) => find(name) === undefined).map((name) => LEFT_OUT[name]?.none ?? "");
  const setters = members
    .filter(({ parameter }) => !chosen.takes.includes(parameter.name))
    .map((member) => `.${member.parameter.name}(${value(gateway, member)})`);
  const further = [...missing, ...setters].map((one) => `\n${one}`).join("");
  return `${type}::${chosen.name}${taking(passed)}${indented(further, INDENT)}`;
}

/** A value as a constructor takes it, which knows its type. */
const taken = (gateway: Gateway, argument: Argument): string =>
  value(gateway, argument).replace(/::<Amount>(?=\(\)\?$)/, "");

/** Arguments in one line or, if that is too long, in several. */
function taking(texts: readonly string[]): string {
  const line = texts.join(", ");
  return line.length <= WIDE && !line.includes("\n")
    ? `(${line})`
    : block(
        "(",
        texts.map((text) => indented(text, INDENT)),
        ")",
        INDENT,
      );
}

function value(gateway: Gateway, { parameter, text, members }: Argument): string {
  if (parameter.secret) return environment(gateway, parameter.name);
  if (parameter.rust) return built(gateway, parameter.rust, members);
  if (parameter.kind === "integer") return String(BigInt(text));
  return literal(parameter, text);
}

const literal = ({ kind }: Parameter, text: string): string =>
  kind === "amount" ? `${quotedInRust(text)}.parse::<Amount>()?` : quotedInRust(text);

const environment = (gateway: Gateway, name: string): string => `std::env::var("${variable(gateway, name)}")?`;
