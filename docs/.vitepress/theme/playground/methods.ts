// The methods of both gateways, as core/generator has written them down.

import generated from "./methods.json";

export interface Setting {
  /** Its name in Rust and Python. */
  readonly name: string;
  readonly javascript: string;
  readonly documentation: string;
  readonly required: boolean;
  readonly secret: boolean;
  readonly default: string | null;
}

/** What holds parameters in Rust, and the names of those that each constructor takes. */
export interface RustType {
  readonly type: string;
  readonly constructors: readonly { readonly name: string; readonly takes: readonly string[] }[];
}

export interface Parameter {
  readonly name: string;
  readonly python: string;
  readonly documentation: string;
  readonly kind: "text" | "amount" | "integer" | "group";
  /** Whether it may be thousands of characters. */
  readonly long: boolean;
  readonly required: boolean;
  readonly secret: boolean;
  /** That of a group. */
  readonly rust: RustType | null;
  readonly members: readonly Parameter[];
}

/** What a vector gives as the input of a method. */
export interface Example {
  readonly [name: string]: string | number | Example;
}

export interface Method {
  /** Its name in Rust and Python. */
  readonly name: string;
  readonly javascript: string;
  readonly documentation: string;
  /** That of its parameters; none if it takes its only one by itself. */
  readonly rust: RustType | null;
  readonly parameters: readonly Parameter[];
  readonly example: Example;
}

export interface Gateway {
  readonly name: "Bitloga" | "ApiForCrypto";
  readonly settings: readonly Setting[];
  readonly methods: readonly Method[];
}

export const gateways = generated as unknown as readonly Gateway[];

/** What people know a gateway by. */
export const titles: Readonly<Record<Gateway["name"], string>> = {
  Bitloga: "Bitloga",
  ApiForCrypto: "Api for Crypto",
};
