// What the code in all languages has in common.

import type { Gateway, Setting } from "../methods.ts";
import type { Wanted } from "../request.ts";

/** The variable of the environment that a secret is read from: what was typed is never part of the code. */
export function variable(gateway: Gateway, name: string): string {
  const prefix = gateway.name.replace(/(?<=[a-z])[A-Z]/g, "_$&");
  return `${prefix}_${name}`.toUpperCase();
}

/** The settings that were given. */
export function settingsOf({ gateway, settings }: Wanted): (readonly [setting: Setting, text: string])[] {
  return gateway.settings
    .map((setting) => [setting, settings[setting.name] ?? ""] as const)
    .filter(([, text]) => text !== "");
}

/** Controls, and what turns text around or is not seen: written as escapes, so that the code is what it looks like. */
const UNSEEN = /[\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]/g;

/** A text as JSON has it, which is a literal of JavaScript and Python, too. */
export const quoted = (text: string): string => JSON.stringify(text).replace(UNSEEN, escaped);

const escaped = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** A text as a literal of Rust. */
export const quotedInRust = (text: string): string =>
  quoted(text).replace(
    /\\(?:u([0-9a-f]{4})|(.))/g,
    (escape, digits: string | undefined, letter: string | undefined) => {
      if (digits !== undefined) return `\\u{${digits}}`;
      return letter === "b" ? "\\u{8}" : letter === "f" ? "\\u{c}" : escape;
    },
  );

/** Lines between brackets, or nothing between them. */
export function block(open: string, lines: readonly string[], close: string, indent: string): string {
  if (lines.length === 0) return open + close;
  return `${open}\n${lines.map((line) => `${indent}${line},\n`).join("")}${close}`;
}

/** The same with all but its first line further to the right. */
export const indented = (text: string, indent: string): string => text.replaceAll("\n", `\n${indent}`);
