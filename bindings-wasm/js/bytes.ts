// Bytes by what they are, whatever they say of themselves: of any realm, of any class, with any members of their own.

/** A getter of the platform as a function, which no member of an object can replace. */
function getter<Value>(prototype: object, name: PropertyKey): (object: unknown) => Value {
  const get = Object.getOwnPropertyDescriptor(prototype, name)!.get!;
  return Function.prototype.call.bind(get) as (object: unknown) => Value;
}

const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;

/** `Uint8Array`, or another name; `undefined` for anything that is not a typed array. */
const typeName = getter<string | undefined>(typedArray, Symbol.toStringTag);

/** How many bytes there are: none where the memory was handed on to somebody else. */
export const byteLength = getter<number>(typedArray, "byteLength");

/** A `Uint8Array`, which a `Buffer` of Node is, too. */
export function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && typeName(value) === "Uint8Array";
}

/**
 * All bytes of a view or a buffer, in a view that nobody else has; `undefined` of anything else. Throws if the memory was
 * handed on.
 */
export function viewOf(value: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(value)) {
    const type = typeName(value) === undefined ? DataView.prototype : typedArray;
    const [buffer, offset, length] = ["buffer", "byteOffset", "byteLength"].map((name) => getter(type, name)(value));
    return new Uint8Array(buffer as ArrayBuffer, offset as number, length as number);
  }
  return isBuffer(value) ? new Uint8Array(value) : undefined;
}

function isBuffer(value: unknown): value is ArrayBuffer {
  const types = [ArrayBuffer, ...(typeof SharedArrayBuffer === "function" ? [SharedArrayBuffer] : [])];
  return types.some(({ prototype }) => {
    try {
      getter(prototype, "byteLength")(value);
      return true;
    } catch {
      return false;
    }
  });
}
