import "server-only";
import { PROBE_HEADER, isProbeMark } from "#lib/check/server/probe-mark";
import type { RefusedCheck } from "#lib/check/server/refuse-check";
import { refuseCheck } from "#lib/check/server/refuse-check";
import type { ErrorCode } from "#lib/core/errors";
import { AppError } from "#lib/core/errors";
import type { DeviceContext } from "#lib/device-api/device-env";
import { sourceAddress } from "#lib/device-api/source-address";
import type { Dialect, Side } from "#lib/devices/model";
import { isDatabaseUnavailable } from "#lib/platform/db/unavailable";

/** What a refusal is on record as. Where nothing stands, the request was no check or the fault is ours. */
const OUTCOMES: Readonly<Partial<Record<ErrorCode, RefusedCheck["outcome"]>>> = {
  unauthenticated: "unauthenticated",
  rate_limited: "throttled",
  forbidden: "forbidden",
  invalid_input: "invalid",
  payload_too_large: "invalid",
  unprocessable_input: "invalid",
  unavailable: "unavailable",
};

/** Puts refused checks of a dialect on record: a phone that is turned away shows in the check log, not only in ours. */
export function refusalRecorder(dialect: Dialect) {
  return (c: DeviceContext, side: Side, error: unknown): void => {
    const outcome = outcomeOf(error);
    if (outcome !== undefined) {
      const now = new Date();
      const isProbe = isProbeMark(c.req.header(PROBE_HEADER), now.getTime());
      refuseCheck({ now, side, dialect, address: sourceAddress(c), isProbe, outcome });
    }
  };
}

function outcomeOf(error: unknown): RefusedCheck["outcome"] | undefined {
  if (error instanceof AppError) {
    return OUTCOMES[error.code];
  }
  return isDatabaseUnavailable(error) ? "unavailable" : undefined;
}
