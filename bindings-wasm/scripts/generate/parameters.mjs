// The types of parameters, and their names and values.

import { camelCase, comment, pascalCase, uncapitalised } from "./words.mjs";

/** Every set of parameters: of methods, of groups within them, and of functions that are no methods. */
export function parameterSets({ gateways }) {
  const methods = Object.entries(gateways).flatMap(([gateway, { methods }]) =>
    methods.map((method) => ({ gateway, method })),
  );
  const names = methods.map(({ method }) => method.name);
  const sets = [];
  for (const { gateway, method } of methods) {
    if (method.parameters.length === 0) continue;
    const isShared = names.filter((name) => name === method.name).length > 1;
    const name = `${isShared ? gateway : ""}${pascalCase(method.name)}Parameters`;
    sets.push({ name, title: `\`${camelCase(method.name)}\``, parameters: method.parameters, gateway, method });
    for (const { of, parameters } of method.parameters) {
      if (parameters) sets.push({ name: of, title: `\`${camelCase(method.name)}\``, parameters });
    }
  }
  for (const { groups } of Object.values(gateways)) {
    for (const [name, parameters] of Object.entries(groups)) sets.push({ name, title: `\`${name}\``, parameters });
  }
  return sets;
}

/** The names of all types of parameters. */
export function parameterTypes(description) {
  return ["AmountInput", ...parameterSets(description).map(({ name }) => name)].sort();
}

export function parametersFile(description) {
  const sets = parameterSets(description);
  const imports =
    'import type { ParameterSet } from "../inputs.js";\n\n';
  const amount =
    "/** An amount: its digits, or a `number` of at most 15 significant digits. */\n" +
    "export type AmountInput = string | number | bigint;\n";
  // A set names the sets of its groups, which have to be there before.
  const isPlain = ({ parameters }) => parameters.every((parameter) => !parameter.parameters);
  const inOrder = [...sets.filter(isPlain), ...sets.filter((set) => !isPlain(set))];
  return imports + [amount, ...sets.map(interfaceOf), none, ...inOrder.map(setOf)].join("\n");
}

function typeOf({ kind, of }) {
  switch (kind) {
    case "amount":
      return "AmountInput";
    case "integer":
      return "number | bigint";
    case "group":
      return of;
    default:
      return "string";
  }
}

function interfaceOf({ name, title, parameters }) {
  const members = parameters.map((parameter) => {
    const optional = parameter.required ? "" : "?";
    const undefinable = parameter.required ? "" : " | undefined";
    return (
      comment(parameter.documentation, "  ") +
      `  readonly ${parameter.name}${optional}: ${typeOf(parameter)}${undefinable};\n`
    );
  });
  return `${comment(`Parameters of ${title}.`)}export interface ${name} {\n${members.join("")}}\n`;
}

/** Of methods without parameters. */
const none = "export const none: ParameterSet<object> = { names: [] };\n";

function setOf({ name, parameters }) {
  const names = parameters.map((parameter) => `    "${parameter.name}",\n`);
  const groups = parameters.flatMap(({ parameters, of }, position) => (parameters ? [`[${position}, ${uncapitalised(of)}]`] : []));
  return (
    `export const ${uncapitalised(name)}: ParameterSet<${name}> = {\n` +
    `  names: [\n${names.join("")}  ],\n` +
    (groups.length > 0 ? `  groups: [${groups.join(", ")}],\n` : "") +
    `};\n`
  );
}
