// What diagnosis takes and tells.

import type { Secret } from "./client.js";

/** What else is known about a callback that does not verify. */
export interface DiagnoseOptions {
  /**
   * The secret that the client was made with, exactly as it was read: clients keep none. With it, diagnosis tells quotes
   * around it, a wrong encoding and the like.
   */
  readonly secret?: Secret | undefined;
}

/** Why a callback does not verify. There may be more of them one day. */
export type DiagnosisCause =
  | "valid"
  | "signature_missing"
  | "signature_ambiguous"
  | "signature_wrapped"
  | "signature_base64"
  | "signature_truncated"
  | "signature_in_another_header"
  | "signature_of_another_kind"
  | "signature_swapped"
  | "other_gateway"
  | "other_sender"
  | "body_too_long"
  | "body_empty"
  | "body_compressed"
  | "body_base64"
  | "body_hex"
  | "body_printed"
  | "body_parsed"
  | "body_reencoded"
  | "body_form_encoded"
  | "body_quoted"
  | "line_breaks_changed"
  | "body_rewritten"
  | "body_wrapped"
  | "body_truncated"
  | "keys_swapped"
  | "secret_differs"
  | "secret_wrapped"
  | "secret_encoded"
  | "other";

/** Why a callback does not verify, and what to do about it. */
export interface Diagnosis {
  /** The cause, a stable name. */
  readonly cause: DiagnosisCause;
  /** The cause and the cure, for a person. */
  readonly message: string;
}
