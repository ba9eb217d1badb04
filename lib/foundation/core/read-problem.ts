import { z } from "zod";
import type { ErrorCode, RefusedField } from "#foundation/core/errors";
import { ERROR_CODES } from "#foundation/core/errors";
import type { RefusalReason } from "#foundation/core/refusal-reason";
import { refusalReason } from "#foundation/core/refusal-reason";

/** What a page makes of a failure that came over HTTP: everything but the sentences, which are English. */
export type ReadProblem = {
  readonly code: ErrorCode | "defect";
  readonly fields: readonly RefusedField[];
  readonly reason: RefusalReason | null;
};

const problemDetails = z.object({
  type: z.string(),
  errors: z.array(z.object({ path: z.string() })).default([]),
  // A service that was updated since the page was loaded may know more of them.
  reason: refusalReason.nullable().default(null).catch(null),
});

/** The `type` of the problem details (RFC 9457) that a refusal is answered with. */
export function toProblemType(code: ErrorCode): string {
  return `/problems/${code.replaceAll("_", "-")}`;
}

/** Null for what is no problem details: a proxy in between answers with a page of its own. */
export function readProblem(body: unknown): ReadProblem | null {
  const parsed = problemDetails.safeParse(body);
  if (!parsed.success) {
    return null;
  }
  const { type, errors, reason } = parsed.data;
  const code = ERROR_CODES.find((known) => toProblemType(known) === type) ?? "defect";
  return { code, fields: errors, reason };
}
