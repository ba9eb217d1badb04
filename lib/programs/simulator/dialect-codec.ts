import type { CheckTrigger } from "#formats/protocol/check-request";
import type { Partition, PhoneIdentity, UpdateAnswer } from "#programs/simulator/model";
import type { PhoneSide } from "#programs/simulator/options";

/** How a phone writes a check and reads the answer. */
export type DialectCodec = {
  readonly contentType: string;
  readonly accept: string;
  /** The URL of the check on the given server. */
  readonly checkUrl: (side: PhoneSide, serverUrl: URL) => URL;
  readonly write: (identity: PhoneIdentity, content: CheckContent) => string;
  /** Null when a phone cannot read the answer. */
  readonly read: (text: string) => UpdateAnswer | null;
};

type CheckContent = { readonly trigger: CheckTrigger; readonly running: Partition };
