import type { UpdateState } from "#fleet/devices/model";
import type { Verdict } from "#fleet/devices/model";

/** In order of precedence: the first verdict that the judgements contain decides the state. */
const STATES: readonly (readonly [Verdict, UpdateState])[] = [
  ["offered", "update_due"],
  ["content_unusable", "content_unusable"],
  ["suspended", "suspended"],
  ["halted", "halted"],
  ["already_installed", "up_to_date"],
  ["nothing_to_offer", "nothing_approved"],
];

/** The state of a phone from what `decideUpdate` says about it. */
export function toUpdateState(judgements: readonly { readonly verdict: Verdict }[]): UpdateState {
  const decisive = STATES.find(([verdict]) =>
    judgements.some((judgement) => judgement.verdict === verdict),
  );
  return decisive?.[1] ?? "unknown";
}
