import "server-only";
import type { PoolReference } from "#phones/check/judge-check";
import type { AnsweredCheck } from "#phones/check/server/answer-check";
import { answerCheck } from "#phones/check/server/answer-check";
import { resultsOf } from "#phones/check/server/kind-results";
import { requireBoundPhone } from "#access/device-tokens/require-bound-phone";
import { recordCheck } from "#phones/check-log/server/recorder";
import type { Dialect, Side } from "#fleet/devices/model";
import type { CheckRequest } from "#formats/protocol/check-request";

/**
 * How a check arrived. The route has already admitted the phone: by its address inside the firewall, by a user's
 * credentials outside. The path of the request determines the side.
 */
export type CheckContext = PoolReference & {
  readonly now: Date;
  readonly side: Side;
  readonly dialect: Dialect;
  readonly address: string;
  /** The account of the credentials; null inside. */
  readonly accountName: string | null;
  /** The only phone that may use the credentials; null if any phone may use them. */
  readonly boundMacAddress: string | null;
  /** Whether a readiness run sent the check. */
  readonly isProbe: boolean;
};

/**
 * Answers a phone from memory, so it works while the database is unavailable; the recorder writes the check later. An
 * unknown phone is not an error; it is judged and listed.
 */
export function checkForUpdate(context: CheckContext, body: string): AnsweredCheck {
  const answered = answerCheck(context.dialect, body, context);
  requireBoundPhone(context, answered.request.macAddress);
  record(context, answered);
  return answered;
}

function record(context: CheckContext, { request, check }: AnsweredCheck): void {
  recordCheck({
    kind: resultsOf(check).record,
    at: context.now,
    side: context.side,
    dialect: context.dialect,
    address: context.address,
    macAddress: request.macAddress,
    serialNumber: request.serialNumber,
    // Outside, the credentials name the user; inside, only the phone does.
    userName: context.accountName ?? request.user,
    trigger: isProbe(context, request) ? "readiness" : request.trigger,
    refusal: null,
  });
}

/** The server's own checks identify no phone, so a phone that replays an intercepted mark is not taken for a probe. */
function isProbe(context: CheckContext, { macAddress, serialNumber }: CheckRequest): boolean {
  return context.isProbe && macAddress === null && serialNumber === null;
}
