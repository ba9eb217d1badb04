import "server-only";
import type { Capture } from "#phones/captures/model";
import type { Replay } from "#phones/captures/replay";
import type { CaptureIdInput } from "#phones/captures/schema";
import { findCapture } from "#phones/captures/server/find-capture";
import { decodeCheckBody } from "#phones/check/decode-body";
import type { PoolReference } from "#phones/check/judge-check";
import { toJudgementRecord, toOutcome } from "#phones/check/outcome";
import { answerCheck } from "#phones/check/server/answer-check";
import { findOfferedFile } from "#phones/check/server/find-offered-file";
import { FILES_ROOTS } from "#phones/check/answer";
import { AppError } from "#foundation/core/errors";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { PROBLEM_MEDIA_TYPE, toProblem } from "#foundation/platform/http/problem";
import { CHECK_PATHS } from "#formats/protocol/json";
import { LYNC_FILES_ROOTS } from "#formats/protocol/lync-files";
import { LYNC_HANDLER_PATHS } from "#formats/protocol/lync-xml";

/**
 * Answers a captured request with the current rules and dialect, by the same code that answers phones, and records
 * nothing. Credentials are not checked, because they were removed from the capture.
 */
export async function replayCapture(
  context: UseCaseContext,
  input: CaptureIdInput,
): Promise<Replay> {
  const capture = await findCapture(context, input);
  if (capture === null) {
    throw new AppError("not_found", "This request no longer exists.");
  }
  const path = pathOf(capture);
  if (capture.method === "POST" && CHECKS.has(path.toLowerCase())) {
    return replayCheck(capture, context);
  }
  const root = FILES.find((candidate) => path.toLowerCase().startsWith(`${candidate}/`));
  return root === undefined
    ? { kind: "other" }
    : { kind: "file", isOffered: findOfferedFile(path.slice(root.length + 1)) !== null };
}

const CHECKS: ReadonlySet<string> = new Set(
  [...Object.values(CHECK_PATHS), ...Object.values(LYNC_HANDLER_PATHS)].map((path) =>
    path.toLowerCase(),
  ),
);

const FILES: readonly string[] = [FILES_ROOTS, ...Object.values(LYNC_FILES_ROOTS)]
  .flatMap((roots) => [roots.internal, roots.external])
  .map((root) => root.toLowerCase());

function replayCheck(capture: Capture, { requestId }: UseCaseContext): Replay {
  try {
    const text = decodeCheckBody(capture.dialect, capture.body);
    const answered = answerCheck(capture.dialect, text, referenceOf(capture));
    const { pool, judged, isTestDevice } = answered.check;
    const judgements = judged.map(({ judgement }) => judgement);
    return {
      kind: "check",
      request: answered.request,
      outcome: pool === null ? "no_pool" : toOutcome(judgements),
      poolFqdn: pool?.pool.fqdn ?? null,
      isTestDevice,
      judgements: judgements.map(toJudgementRecord),
      answer: { ...answered.answer, body: answered.answer.body ?? "" },
    };
  } catch (error) {
    if (!(error instanceof AppError)) {
      throw error;
    }
    const problem = toProblem(error, { instance: pathOf(capture), requestId });
    const body = JSON.stringify(problem);
    const answer = { status: problem.status, contentType: PROBLEM_MEDIA_TYPE, body };
    return { kind: "refused", reason: error.message, answer };
  }
}

function pathOf({ target }: Pick<Capture, "target">): string {
  return target.replace(/\?.*$/s, "");
}

/** Reads the pool reference of a capture, as the device API does for a live request. */
function referenceOf({ target, headers }: Capture): PoolReference {
  const query = new URLSearchParams(/\?(.*)$/s.exec(target)?.[1] ?? "");
  const host = headers.find(([name]) => name.toLowerCase() === "host")?.[1];
  return { poolFqdn: query.get("pool"), host: host ?? null };
}
