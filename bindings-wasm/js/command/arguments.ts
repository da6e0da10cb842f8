// Reads the arguments of a command. What is refused is not printed: it may be a secret in the wrong place.

import { wrongUse } from "./failure.js";
import { fieldOptions, gateways } from "./options.js";
import type { Command, Option } from "./options.js";
import { didYouMean } from "./text.js";

/** What people call a secret, where they would give it as an argument. */
const SECRETS = ["secret", "api-secret", "notification-secret", "secret-key", "password"];

/** The arguments of a command that were understood. */
export class Arguments {
  readonly command: Command;
  /** What is not an option: an address. */
  readonly positional: readonly string[];
  readonly #values: ReadonlyMap<string, string>;

  constructor(command: Command, positional: readonly string[], values: ReadonlyMap<string, string>) {
    this.command = command;
    this.positional = positional;
    this.#values = values;
  }

  /** The value of an option that was given. */
  value(name: string): string | undefined {
    return this.#values.get(name);
  }

  /** Whether an option was given. */
  has(name: string): boolean {
    return this.#values.has(name);
  }

  get gateway(): string {
    return this.value("gateway") ?? "bitloga";
  }
}

/** The arguments after the name of a command. */
export function readArguments(command: Command, given: readonly string[]): Arguments {
  const known = optionsOf(command);
  const values = new Map<string, string>();
  const positional: string[] = [];
  for (let at = 0; at < given.length; at++) {
    const argument = given[at]!;
    if (!argument.startsWith("-") || argument === "-") {
      positional.push(argument);
      continue;
    }
    const [name, inline] = split(argument);
    const option = known.find((one) => one.name === name) ?? refuse(name, known);
    if (values.has(name)) throw wrongUse(`--${name} is given twice`);
    if (option.value === undefined) {
      if (inline !== undefined) throw wrongUse(`--${name} takes no value`);
      values.set(name, "");
    } else {
      const next = inline ?? given[++at];
      if (next === undefined || (inline === undefined && next.startsWith("--"))) {
        throw wrongUse(`--${name} takes a value: --${name} ${option.value}`);
      }
      values.set(name, next);
    }
  }
  const read = new Arguments(command, positional, values);
  if (!read.has("help")) check(read);
  return read;
}

/** The options of a command, those of fields last. */
function optionsOf(command: Command): readonly Option[] {
  const fields = command.takesFields ? Object.values(fieldOptions).flat() : [];
  return [...command.options, ...fields];
}

function split(argument: string): [name: string, value: string | undefined] {
  const name = argument === "-h" ? "help" : argument.replace(/^--?/, "");
  const end = name.indexOf("=");
  return end < 0 ? [name, undefined] : [name.slice(0, end), name.slice(end + 1)];
}

function refuse(name: string, known: readonly Option[]): never {
  if (SECRETS.includes(name.toLowerCase().replaceAll("_", "-"))) {
    throw wrongUse(
      `--${name} is refused: other users of this machine see arguments, and shells keep them; ` +
        "set PAYSEAL_SECRET, or be asked at the terminal",
    );
  }
  const meant = didYouMean(`--${name}`, known.map((option) => `--${option.name}`));
  throw wrongUse(`there is an option that is not known${meant}`);
}

function check(read: Arguments): void {
  const { command, gateway, positional } = read;
  const expected = command.argument === undefined ? 0 : 1;
  if (positional.length < expected) throw wrongUse(`${command.name} takes an address: ${command.name} URL`);
  if (positional.length > expected) {
    throw wrongUse(expected === 0 ? `${command.name} takes options only` : `${command.name} takes one address`);
  }
  if (!gateways.includes(gateway)) throw wrongUse(`--gateway is one of ${gateways.join(", ")}`);
  const own = fieldOptions[gateway]!.map(({ name }) => name);
  for (const { name } of command.takesFields ? Object.values(fieldOptions).flat() : []) {
    if (read.has(name) && !own.includes(name)) throw wrongUse(`--${name} is not a field of --gateway ${gateway}`);
  }
}
