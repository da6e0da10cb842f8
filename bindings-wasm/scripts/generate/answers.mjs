// The types of answers, and the functions that build their objects.

import { comment } from "./words.mjs";

/** What verification adds to a message. */
const eventId = "Deduplication key made of the message itself: act once for each.";

export function answersFile(description) {
  const { types, unions, choices, gateways } = description;
  const imports = 'import { addExtra, amounts, boolean, integer, list, text, texts, written } from "../reply.js";\n' +
    'import { hide } from "../shown.js";\n';
  const reading =
    'import type { Extra, Reading } from "../reply.js";\n\n' +
    "type Writable<T> = { -readonly [Name in keyof T]: T[Name] };\n\n";
  const { verify_callback: callback } = gateways.Bitloga.messages;
  const parts = [
    ...Object.entries(choices).map(([name, choice]) => choiceType(name, choice)),
    ...Object.entries(choices).map(([name, choice]) => statusFunctions(name, choice)),
    ...Object.entries(types).map(([name, type]) => interfaceOf(name, type, description)),
    ...Object.entries(unions).map(([name, shapes]) => unionType(name, shapes, types)),
    ...Object.entries(types).map(([name, type]) => reader(name, type, choices, name === callback)),
    ...Object.entries(unions).map(([name, shapes]) => unionReader(name, shapes)),
  ];
  return imports + reading + parts.filter(Boolean).join("\n");
}

/** The names of all types of answers. */
export function answerTypes({ types, unions, choices }) {
  return [...Object.keys(types), ...Object.keys(unions), ...Object.keys(choices), "OtherType"].sort();
}

function choiceType(name, { documentation, known }) {
  const values = known.map(({ value }) => `\n  | "${value}"`).join("");
  const meanings = known.map(({ value, documentation }) => `\`${value}\`: ${documentation}`).join(" ");
  const type = `export type ${name} =${values}\n  | (string & {});\n`;
  return comment(`${documentation} ${meanings} Other values may come.`) + type;
}

function statusFunctions(name, { is_status, known }) {
  if (!is_status) return "";
  const isOneOf = (values) => values.map(({ value }) => `status === "${value}"`).join(" || ");
  const isPaid = isOneOf(known.filter((value) => value.is_paid));
  const isFinal = isOneOf(known.filter((value) => value.is_final));
  const expiring = known.filter(isExpiring);
  const active = expiring.length > 0 ? ", active?: boolean" : "";
  const isExpired = expiring.length > 0 ? ` || (active === false && (${isOneOf(expiring)}))` : "";
  return (
    `function isPaid${name}(status: string): boolean {\n  return ${isPaid};\n}\n\n` +
    `function isFinal${name}(status: string${active}): boolean {\n  return ${isFinal}${isExpired};\n}\n`
  );
}

/** Whether `active` decides whether a status is final. */
function isExpiring(status) {
  return status.is_final_if_inactive && !status.is_final;
}

function typeOf({ kind, of }) {
  switch (kind) {
    case "boolean":
      return "boolean";
    case "integer":
      return "number";
    case "texts":
      return "readonly string[]";
    case "list":
      return `readonly ${of}[]`;
    case "group":
    case "choice":
      return of;
    default:
      return "string";
  }
}

/** What is said of members that are secrets of the merchant's. */
const hiddenNote = "`console.log` does not show it; it is there for programs and for `JSON.stringify`, so that you can store it.";

/** Lists are always there, though perhaps empty. */
function isAlwaysThere(field) {
  return field.required || field.kind === "list" || field.kind === "texts";
}

function statusField({ fields }, choices) {
  return fields.find(({ kind, of }) => kind === "choice" && choices[of].is_status);
}

function interfaceOf(name, type, { choices, gateways, unions }) {
  if (type.open_amounts) {
    return comment(type.documentation) + `export interface ${name} {\n  readonly [currency: string]: string;\n}\n`;
  }
  const discriminant = discriminantOf(name, unions);
  const lines = type.fields.map((field) => {
    const optional = isAlwaysThere(field) ? "" : "?";
    const fieldType = field.name === "type" && discriminant ? discriminant : typeOf(field);
    const documentation = field.secret ? `${field.documentation} ${hiddenNote}` : field.documentation;
    return `${comment(documentation, "  ")}  readonly ${field.name}${optional}: ${fieldType};\n`;
  });
  const added = [];
  if (statusField(type, choices)) {
    added.push(["Whether the status says that the money has arrived.", "isPaid: boolean"]);
    const isFinal = choices[statusField(type, choices).of].known.some(isExpiring)
      ? "Whether nothing will change any more: it is paid, or no longer active and no payment is under way."
      : "Whether the status says that nothing will change any more. Unknown ones do not.";
    added.push([isFinal, "isFinal: boolean"]);
  }
  added.push(["Fields that the gateway's document does not name, with their numbers as texts.", "extra?: Extra"]);
  if (type.event_id.length > 0) added.push([eventId, "event_id: string"]);
  if (name === gateways.Bitloga.messages.verify_callback) {
    added.push(["Which of the secrets, counted from 0, the callback was signed with.", "secret_index: number"]);
  }
  const rest = added.map(([documentation, member]) => `${comment(documentation, "  ")}  readonly ${member};\n`);
  return `${comment(type.documentation)}export interface ${name} {\n${lines.join("")}${rest.join("")}}\n`;
}

/** In a union each type has a `type` of its own, so that a test of it tells them apart. */
function discriminantOf(name, unions) {
  const union = Object.values(unions).find((shapes) => shapes.includes(name));
  if (!union) return undefined;
  return name === union.at(-1) ? "OtherType" : JSON.stringify(name.replace(/[A-Z][a-z]+$/, ""));
}

function unionType(name, shapes) {
  return (
    comment(
      "A `type` that the gateway's document does not name: some other text. It exists as a type only, and is an " +
        "enumeration because no other type of texts lets a test of `type` tell the others apart.",
    ) +
    'export declare enum OtherType {\n  Unnamed = "",\n}\n\n' +
    comment("One of these, by its `type`.") +
    `export type ${name} = ${shapes.join(" | ")};\n`
  );
}

function expression({ kind, of, name }, at) {
  switch (kind) {
    case "boolean":
      return `boolean(reading, ${at})`;
    case "integer":
      return `integer(reading, ${at})`;
    case "texts":
      return `texts(reading, ${at})`;
    case "list":
      return `list(reading, ${at}, read${of})`;
    case "group":
      return `read${of}(reading, reading.numbers[${at} + 1]!)`;
    default:
      return `text(reading, ${at})`;
  }
}

/**
 * Objects are built in the order of the gateway's document: as a literal up to the first optional field, which is the
 * fastest, and the rest member by member.
 */
function reader(name, type, choices, hasSecretIndex) {
  const end = 2 * type.fields.length;
  if (type.open_amounts) {
    return `export function read${name}(reading: Reading, at: number): ${name} {\n  return amounts(reading, at + ${end + 2});\n}\n`;
  }
  const entries = type.fields.map((field, position) => ({ field, at: position === 0 ? "at" : `at + ${2 * position}` }));
  const firstOptional = entries.findIndex(({ field }) => !isAlwaysThere(field));
  const literal = firstOptional < 0 ? entries : entries.slice(0, firstOptional);
  const members = literal.map(({ field, at }) => `    ${field.name}: ${cast(field, expression(field, at), name)},\n`);
  const later = entries.slice(literal.length).map(({ field, at }) => {
    const assign = `result.${field.name} = ${cast(field, expression(field, at), name)};`;
    return isAlwaysThere(field) ? `  ${assign}\n` : `  if (reading.numbers[${at}] !== 0) ${assign}\n`;
  });
  const status = statusField(type, choices);
  const active = status && choices[status.of].known.some(isExpiring) ? ", result.active" : "";
  const settled = status
    ? `  result.isPaid = isPaid${status.of}(result.${status.name});\n` +
      `  result.isFinal = isFinal${status.of}(result.${status.name}${active});\n`
    : "";
  const unknown = `  if (reading.numbers[at + ${end + 1}] !== 0) addExtra(result, reading, at + ${end});\n`;
  const event = type.event_id.length > 0 ? `  result.event_id = written(reading, at + ${end + 2});\n` : "";
  const index = hasSecretIndex ? "  result.secret_index = reading.numbers[3]!;\n" : "";
  const secrets = type.fields.filter(({ secret }) => secret).map(({ name }) => `"${name}"`);
  const hidden = secrets.length > 0 ? `  hide(result, [${secrets.join(", ")}]);\n` : "";
  const list = members.length > 0 ? `{\n${members.join("")}  }` : "{}";
  return (
    `export function read${name}(reading: Reading, at: number): ${name} {\n` +
    `  const result = ${list} as Writable<${name}>;\n` +
    `${later.join("")}${settled}${unknown}${event}${index}${hidden}  return result;\n}\n`
  );
}

function cast({ name: field }, value, type) {
  return field === "type" ? `${value} as NonNullable<${type}["type"]>` : value;
}

function unionReader(name, shapes) {
  const readers = shapes.map((shape) => `read${shape}`).join(", ");
  return (
    `const shapesOf${name} = [${readers}] as const;\n\n` +
    `export function read${name}(reading: Reading, at: number): ${name} {\n` +
    `  return shapesOf${name}[reading.shape]!(reading, at);\n}\n`
  );
}
