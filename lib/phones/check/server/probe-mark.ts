import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import { sessionSecret } from "#foundation/platform/session-secret";

/** The header in which a readiness run marks its own checks. */
export const PROBE_HEADER = "x-ucupdates-readiness";

/** Tolerates the clock difference of two machines, and limits how long an intercepted mark can be replayed. */
const VALID_MS = 60_000;
const MARK = /^(\d{13})\.([\w-]{43})$/;

/**
 * Makes a mark that only a process of this installation can make, because it needs their shared secret. The mark only
 * identifies a check as a probe: a marked check is answered, counted and recorded like any other.
 */
export function makeProbeMark(nowMs: number): string {
  return `${nowMs}.${sign(String(nowMs))}`;
}

/** Whether a check came from a readiness run. Called for every check, so a missing mark costs nothing. */
export function isProbeMark(mark: string | undefined, nowMs: number): boolean {
  const [, at = "", signature = ""] = mark === undefined ? [] : (MARK.exec(mark) ?? []);
  return (
    at !== "" &&
    Math.abs(nowMs - Number(at)) <= VALID_MS &&
    timingSafeEqual(Buffer.from(signature), Buffer.from(sign(at)))
  );
}

function sign(text: string): string {
  return createHmac("sha256", sessionSecret()).update(`readiness ${text}`).digest("base64url");
}
