import { z } from "zod";
import type { ErrorCode, RefusedField } from "#foundation/core/errors";
import { toProblemCode } from "#foundation/core/problem-code";
import type { RefusalReason } from "#foundation/core/refusal-reason";
import { refusalReason } from "#foundation/core/refusal-reason-schema";

/** The parts of an HTTP error that a page uses: all except the messages, which are English. */
export type ReadProblem = {
  readonly code: ErrorCode | "defect";
  readonly fields: readonly RefusedField[];
  readonly reason: RefusalReason | null;
};

const problemDetails = z.object({
  type: z.string(),
  errors: z.array(z.object({ path: z.string() })).default([]),
  // A service that was updated since the page was loaded can send new reasons.
  reason: refusalReason.nullable().default(null).catch(null),
});

/** Parses problem details. Null for any other body, such as the error page of a proxy. */
export function readProblem(body: unknown): ReadProblem | null {
  const parsed = problemDetails.safeParse(body);
  if (!parsed.success) {
    return null;
  }
  const { type, errors, reason } = parsed.data;
  return { code: toProblemCode(type), fields: errors, reason };
}
