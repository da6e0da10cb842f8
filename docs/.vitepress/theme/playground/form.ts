// What a form of a method's parameters holds, and the arguments that are made of it.

import type { Example, Parameter } from "./methods.ts";

/** The texts of the fields by name; those of a group are in one of their own. */
export interface Values {
  [name: string]: string | Values;
}

/** A parameter that was given: its text, or its members. */
export interface Argument {
  readonly parameter: Parameter;
  readonly text: string;
  readonly members: readonly Argument[];
}

/** A form with nothing in it, or with an example. */
export function valuesOf(parameters: readonly Parameter[], example: Example = {}): Values {
  const values: Values = {};
  for (const { name, kind, members } of parameters) {
    const given = example[name];
    if (kind === "group") values[name] = valuesOf(members, typeof given === "object" ? given : {});
    else values[name] = given === undefined ? "" : String(given);
  }
  return values;
}

/** The fields that are not empty, in the order of the gateway's document. */
export function argumentsOf(parameters: readonly Parameter[], values: Values): Argument[] {
  const given: Argument[] = [];
  for (const parameter of parameters) {
    const value = values[parameter.name] ?? "";
    const members = typeof value === "object" ? argumentsOf(parameter.members, value) : [];
    const text = typeof value === "string" ? value : "";
    if (text !== "" || members.length > 0) given.push({ parameter, text, members });
  }
  return given;
}

/** The arguments as the library takes them. What is not a whole number is left for it to refuse. */
export function objectOf(given: readonly Argument[]): Record<string, unknown> {
  return Object.fromEntries(given.map((argument) => [argument.parameter.name, valueOf(argument)]));
}

function valueOf({ parameter: { kind }, text, members }: Argument): unknown {
  if (kind === "group") return objectOf(members);
  return kind === "integer" && isWholeNumber(text) ? BigInt(text) : text;
}

const isWholeNumber = (text: string): boolean => /^-?[0-9]{1,19}$/.test(text);
