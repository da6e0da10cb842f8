// Names that callers give: only those that mean something are taken, and only what is an object's own.

import { mistakes } from "./distance.js";
import { invalidInput, unreadable } from "./errors.js";

/** The options in an object, which may be left out, with no others than those and nothing inherited. */
export function optionsOf<Options extends object>(
  options: unknown,
  names: readonly (keyof Options & string)[],
): Partial<Options> {
  const known = Object.create(null) as Partial<Options>;
  for (const [name, value] of optionEntries(options, "options", names)) Reflect.set(known, name, value);
  return known;
}

/** The same as pairs. `field` is what errors call the object, `prefix` goes before its options there: `policy.`. */
export function optionEntries(
  options: unknown,
  field: string,
  names: readonly string[],
  prefix = "",
): [name: string, value: unknown][] {
  if (options === undefined) return [];
  if (typeof options !== "object" || options === null) throw invalidInput(field, "must be an object of options");
  try {
    return Object.keys(options).map((name) => {
      if (!names.includes(name)) throw unknownName(name, "is not an option", names, prefix);
      return [name, Reflect.get(options, name) as unknown];
    });
  } catch (error) {
    throw unreadable(field, error);
  }
}

/** A name of the core in the manner of JavaScript: `base_url` is `baseUrl`. */
export function camelCase(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** The error for a name that means nothing: it may be misspelt, and what it says would be left out. */
export function unknownName(name: string, rule: string, names: readonly string[], prefix = ""): Error {
  // `notknown` is nearer to `notKnown` than to `now`, which is a part of it.
  let [meant, least] = ["", Infinity];
  for (const known of names) {
    const distance = distanceOf(name, known);
    if (distance < least) [meant, least] = [known, distance];
  }
  return invalidInput(prefix + name, meant === "" ? rule : `${rule}: did you mean ${prefix}${meant}?`);
}

/** How many mistakes are between two names, whatever their letter case: infinitely many, unless one is a part or two away. */
function distanceOf(name: string, known: string): number {
  const [one, other] = [name, known].map((text) => text.toLowerCase().replace(/[^a-z0-9]/g, "")) as [string, string];
  if (one.length > 40) return Infinity;
  const distance = mistakes(one, other);
  const isPart = one.length > 4 && (other.includes(one) || one.includes(other));
  return isPart || distance <= Math.min(2, other.length / 3) ? distance : Infinity;
}
