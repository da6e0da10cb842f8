// Lists that come page by page.

import { Call, makeCall } from "./call.js";
import type { Method } from "./call.js";
import type { ClientHandle } from "./client-handle.js";
import { invalidInput } from "./errors.js";
import { valuesOf } from "./inputs.js";

/** The calls of a method page after page, until the first short one. `name` is what callers call this. */
export function* pagesOf<Answer>(
  handle: ClientHandle,
  method: Method<Answer>,
  filter: unknown,
  name: string,
  entriesOf: (page: Answer) => readonly unknown[],
): Generator<Call<Answer>, void, void> {
  const values = valuesOf(filter, method.parameters);
  let received = 0;
  for (let call = makeCall(handle, method, values); call !== undefined; ) {
    yield call;
    const page = Call.lastAnswerOf(call);
    if (page === undefined) throw invalidInput(name, "needs each page parsed before the next is asked for");
    const last = entriesOf(page).length;
    received += last;
    call = makeCall(handle, method, values, received, last);
  }
}
