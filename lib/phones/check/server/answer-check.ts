import "server-only";
import type { JudgedCheck, PoolReference } from "#phones/check/judge-check";
import { judgeCheck } from "#phones/check/judge-check";
import { resultsOf } from "#phones/check/server/kind-results";
import { currentRuleTable } from "#phones/check/server/rule-table-loader";
import type { Dialect } from "#fleet/devices/model";
import { currentDialect } from "#phones/dialect/server/current-dialect";
import type { CheckRequest } from "#formats/protocol/check-request";
import type { RenderedAnswer } from "#phones/dialect/dialect-renderer";
import { readJsonCheck, readLyncCheck } from "#formats/protocol/read-check";

/** A check with its parsed request, its judgements and the rendered answer. */
export type AnsweredCheck = {
  readonly request: CheckRequest;
  readonly check: JudgedCheck;
  readonly answer: RenderedAnswer;
};

type DialectHandler = {
  readonly read: (body: string) => CheckRequest;
  readonly render: (check: JudgedCheck) => RenderedAnswer;
};

/** The two dialects differ only in reading and rendering; the judging is the same. */
const DIALECT_HANDLERS = {
  json: { read: readJsonCheck, render: (check) => resultsOf(check).json },
  lync: {
    read: (body) => readLyncCheck(body, currentDialect().read),
    render: (check) => resultsOf(check).lync(currentDialect()),
  },
} as const satisfies Record<Dialect, DialectHandler>;

/**
 * Answers the body of a check without recording anything, so it serves both phones and the replay of captured requests.
 * Throws the error that the phone is refused with.
 */
export function answerCheck(
  dialect: Dialect,
  body: string,
  reference: PoolReference,
): AnsweredCheck {
  const { read, render } = DIALECT_HANDLERS[dialect];
  const request = read(body);
  const check = judgeCheck(currentRuleTable(), reference, request);
  return { request, check, answer: render(check) };
}
