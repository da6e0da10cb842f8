// What programs may use and logs may not show: headers that carry keys and signatures.

const inspect = Symbol.for("nodejs.util.inspect.custom");
const inspectInDeno = Symbol.for("Deno.customInspect");

/** Functions that say what is shown of an object by `console.log`, in Node, Bun and Deno. */
export function shownAs<Value>(show: (value: Value) => string): Record<symbol, (this: Value) => string> {
  const shown = function (this: Value): string {
    return show(this);
  };
  return { [inspect]: shown, [inspectInDeno]: shown };
}

/**
 * What headers inherit: all that other objects do, and that `console.log` and `JSON.stringify` show their names only.
 * Libraries ask whether headers are a plain object, and take the end of a short chain of prototypes for one.
 */
const hidingValues: object = Object.create(null, {
  ...Object.getOwnPropertyDescriptors(Object.prototype),
  ...hidden({
    toJSON(this: object) {
      return Object.fromEntries(Object.keys(this).map((name) => [name, "…"]));
    },
    ...shownAs((headers: object) => `Headers { ${Object.keys(headers).join(", ")} }`),
  }),
}) as object;

function hidden(members: Record<PropertyKey, unknown>): PropertyDescriptorMap {
  const descriptors: PropertyDescriptorMap = {};
  for (const name of Reflect.ownKeys(members)) {
    descriptors[name] = { value: members[name], configurable: true, writable: true };
  }
  return descriptors;
}

/**
 * Hides some members of a result from `console.log`, in Node, Bun and Deno. They are members like all others: programs
 * and `JSON.stringify` see them.
 */
export function hide<Result extends object>(result: Result, names: readonly (keyof Result)[]): void {
  const shown = () => ({ ...result, ...Object.fromEntries(names.map((name) => [name, "…"])) });
  const value = { configurable: true, writable: true };
  Object.defineProperty(result, inspect, { ...value, value: shown });
  Object.defineProperty(result, inspectInDeno, { ...value, value: (show: Show, options: unknown) => show(shown(), options) });
}

/** What Deno calls `Deno.inspect`. */
type Show = (value: object, options: unknown) => string;

/** Headers of which `console.log` and `JSON.stringify` show the names only: none yet. */
export function hiddenHeaders(): Record<string, string> {
  return Object.create(hidingValues) as Record<string, string>;
}
