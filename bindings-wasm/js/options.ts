// Objects of options: a misspelt one would be ignored in silence.

import { invalidInput } from "./errors.js";
import { suggestion } from "./suggestion.js";

/** The options somebody has given, by name. `path` goes before their names in errors: `policy.`. */
export function givenOptions(given: unknown, name: string, names: readonly string[], path = ""): [string, unknown][] {
  if (given === undefined) return [];
  if (typeof given !== "object" || given === null) throw invalidInput(name, "must be an object of options");
  const entries = Object.entries(given);
  for (const [option] of entries) {
    if (!names.includes(option)) throw invalidInput(path + option, `is not an option${suggestion(option, names)}`);
  }
  return entries;
}
