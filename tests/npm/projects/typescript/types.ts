// Types as a consumer relies on them. What must not compile is marked with @ts-expect-error.

import { Bitloga, PaysealError, SignatureError } from "payseal";
import type { Call, Callback, Details, Invoice } from "payseal";

export function useTypes(): void {
  const bitloga = new Bitloga({ apiKey: "key", apiSecret: ["new secret", "old secret"] });
  const call: Call<Invoice> = bitloga.createInvoice({ uniqueid: "1", paysys: "WMZ", amount: "1.00", purse: "Z1" });
  const request: RequestInit = call;
  const parse: (status: number, body: string) => Invoice = (status, body) => call.parse(status, body);

  // @ts-expect-error: an unknown parameter
  const misspelt = () => bitloga.createInvoice({ uniqueId: "1", paysys: "WMZ", amount: "1.00", purse: "Z1" });
  // @ts-expect-error: results are read-only
  const change = (callback: Callback) => (callback.amount = "2");
  // @ts-expect-error: amounts are texts
  const add = (callback: Callback) => callback.amount * 2;

  void [request, parse, misspelt, change, add, purseOf, explain];
}

function purseOf(details: Details): string | undefined {
  switch (details.type) {
    case "Withdraw":
      return details.amount_from_comis satisfies string;
    case "Invoice":
      return details.purse;
    default:
      // @ts-expect-error: of other types nobody knows a purse
      return details.purse;
  }
}

function explain(error: unknown): string {
  if (error instanceof SignatureError) return error.code satisfies string;
  if (error instanceof PaysealError) return error.field ?? error.message;
  return "unknown";
}
