// What the suite checks with. It imports nothing, so that it runs in every runtime and through every bundler.

/**
 * Fails unless the two values are the same: primitives by `Object.is`, objects and arrays by what they hold.
 *
 * @param {unknown} actual
 * @param {unknown} expected
 * @param {string} what
 */
export function equal(actual, expected, what) {
  const difference = findDifference(actual, expected, what);
  if (difference !== undefined) throw new Error(difference);
}

/**
 * Fails unless the condition holds.
 *
 * @param {unknown} condition
 * @param {string} what
 * @returns {asserts condition}
 */
export function ok(condition, what) {
  if (!condition) throw new Error(what);
}

/**
 * The error that the action throws; fails if it throws nothing.
 *
 * @param {() => unknown} action
 * @param {string} what
 * @returns {any}
 */
export function thrown(action, what) {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error(`${what}: nothing was thrown`);
}

/**
 * @param {unknown} actual
 * @param {unknown} expected
 * @param {string} path
 * @returns {string | undefined}
 */
function findDifference(actual, expected, path) {
  if (Object.is(actual, expected)) return undefined;
  if (!isObject(actual) || !isObject(expected) || Array.isArray(actual) !== Array.isArray(expected)) {
    return `${path} is ${show(actual)}, not ${show(expected)}`;
  }
  const missing = Object.keys(expected).find((key) => !Object.hasOwn(actual, key));
  if (missing !== undefined) return `${path} has no ${missing}`;
  const surplus = Object.keys(actual).find((key) => !Object.hasOwn(expected, key));
  if (surplus !== undefined) return `${path} has ${surplus}, which is not expected`;
  for (const key of Object.keys(expected)) {
    const difference = findDifference(actual[key], expected[key], `${path}.${key}`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isObject(value) {
  return typeof value === "object" && value !== null;
}

/** @param {unknown} value */
function show(value) {
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
