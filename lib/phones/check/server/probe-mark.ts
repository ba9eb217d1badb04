import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import { sessionSecret } from "#foundation/platform/session-secret";

/** Where a readiness run says that a check is its own. */
export const PROBE_HEADER = "x-ucupdates-readiness";

/** Long enough for the clocks of two machines; a phone that overhears a mark can use it for no longer. */
const VALID_MS = 60_000;
const MARK = /^(\d{13})\.([\w-]{43})$/;

/**
 * A mark that only a process of this installation can make: it takes the secret that they share. It says of a check what
 * it is, and does nothing else: a marked check is answered, counted and put on record as any other.
 */
export function makeProbeMark(nowMs: number): string {
  return `${nowMs}.${sign(String(nowMs))}`;
}

/** Whether a check came from a readiness run. Asked for every check, hence of no cost where there is no mark. */
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
