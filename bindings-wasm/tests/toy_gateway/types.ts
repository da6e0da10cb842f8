// The generated types of the toys, asserted: each line either compiles or, where it says so, must not.

import type { Call } from "./call.js";
import { ToysClient } from "./generated/Toys.js";
import type { News, Receipt } from "./generated/answers.js";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function assertType<_Holds extends true>(): void {}

const toys = new ToysClient({ secret: ["new", new Uint8Array(8)], baseUrl: undefined });
// @ts-expect-error the secret is required
new ToysClient({});
// @ts-expect-error no such option
new ToysClient({ secret: "secret", apiKey: "key" });

const address = { street: "High Street 1", person: { name: "Ann", child: true } } as const;
const order = { number: "7", price: 1, parcels: 2n, gift: true, address } as const;
const call = toys.createOrder({ ...order, colours: ["red"] as const, toys: [{ name: "train", parts: ["rail"] }] });
assertType<Equal<typeof call, Call<Receipt>>>();
// @ts-expect-error a boolean is not text
toys.createOrder({ ...order, gift: "true" });
// @ts-expect-error a list is not one text
toys.createOrder({ ...order, colours: "red" });
// @ts-expect-error the name of a person is required
toys.createOrder({ ...order, address: { street: "High Street 1", person: { child: true } } });
// @ts-expect-error no such member of a group in a list
toys.createOrder({ ...order, toys: [{ name: "train", wheels: 4 }] });
toys.listReceipts();

assertType<Equal<Receipt["colours"], readonly string[]>>();
assertType<Equal<Receipt["gift"], boolean | undefined>>();
assertType<Equal<Receipt["toys"][number]["name"], string>>();
assertType<Equal<News["secret_index"], number>>();
assertType<Equal<News["event_id"], string>>();
