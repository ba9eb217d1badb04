import type { CheckTrigger } from "#formats/protocol/check-request";
import type { Partition, PhoneIdentity, UpdateAnswer } from "#programs/simulator/model";
import type { PhoneSide } from "#programs/simulator/options";

/** How a phone says what it has to say, and what it makes of the answer. */
export type SpokenDialect = {
  readonly contentType: string;
  readonly accept: string;
  /** Where it asks, given the address of the server. */
  readonly checkUrl: (side: PhoneSide, serverUrl: URL) => URL;
  readonly write: (identity: PhoneIdentity, said: SaidInCheck) => string;
  /** Null where the answer is not one that a phone understands. */
  readonly read: (text: string) => UpdateAnswer | null;
};

type SaidInCheck = { readonly trigger: CheckTrigger; readonly running: Partition };
