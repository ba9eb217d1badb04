import type { AnswerTimes } from "#phones/check/answer";
import { toAnswer } from "#phones/check/answer";
import type { JudgedCheck } from "#phones/check/judge-check";
import { judgeCheck } from "#phones/check/judge-check";
import { toJudgementRecord, toOutcome } from "#phones/check/outcome";
import type { RuleTable } from "#phones/check/rule-table";
import { withApproval } from "#phones/check/what-if-approval";
import type { CheckOutcome, JudgementRecord } from "#fleet/devices/model";
import type { CheckRequest } from "#formats/protocol/check-request";
import type { CheckAnswer } from "#formats/protocol/json-answer";

/** A phone that need not exist, and what might be done before it asks. */
export type WhatIfQuestion = {
  readonly phone: Pick<CheckRequest, "hardware" | "installed" | "macAddress" | "serialNumber">;
  /** Null: the pool that phones reach which name none. */
  readonly poolFqdn: string | null;
  /** The rule whose pending version would be approved; null asks about today alone. */
  readonly approveRuleId: string | null;
};

/** What a phone would be answered, and why. */
export type Foresight = {
  /** Null where there is no pool to ask. */
  readonly poolFqdn: string | null;
  readonly isTestDevice: boolean;
  readonly outcome: CheckOutcome;
  readonly judgements: readonly JudgementRecord[];
  readonly answer: CheckAnswer;
};

/** A rule for exactly this phone that waits for a decision. */
export type ApprovableRule = {
  readonly ruleId: string;
  readonly updateType: string;
  readonly version: string;
};

export type WhatIf = {
  readonly today: Foresight;
  readonly approvable: readonly ApprovableRule[];
  /** Null where nothing was to be approved, or the rule has nothing pending any more. */
  readonly afterApproval: Foresight | null;
};

/**
 * Answers a phone as a check would, today and after an approval. Pure, and made of what answers checks: the same
 * judging and the same rendering, on a table in which the approval has happened.
 */
export function foresee(
  rules: RuleTable,
  { phone, poolFqdn, approveRuleId }: WhatIfQuestion,
  times: AnswerTimes,
): WhatIf {
  const reference = { poolFqdn, host: null };
  const request = { ...phone, user: null, trigger: null };
  const check = judgeCheck(rules, reference, request);
  const approved = approveRuleId === null ? null : withApproval(rules, approveRuleId);
  return {
    today: toForesight(check, times),
    approvable: toApprovable(check),
    afterApproval:
      approved === null ? null : toForesight(judgeCheck(approved, reference, request), times),
  };
}

function toForesight({ pool, isTestDevice, judged }: JudgedCheck, times: AnswerTimes): Foresight {
  const judgements = judged.map(({ judgement }) => judgement);
  return {
    poolFqdn: pool?.pool.fqdn ?? null,
    isTestDevice,
    outcome: pool === null ? "no_pool" : toOutcome(judgements),
    judgements: judgements.map(toJudgementRecord),
    answer: toAnswer(judged, times),
  };
}

function toApprovable({ judged }: JudgedCheck): readonly ApprovableRule[] {
  return judged.flatMap(({ rule: { id, updateType, pending }, judgement }) =>
    pending === null || judgement.verdict === "other_hardware"
      ? []
      : [{ ruleId: id, updateType, version: pending.version }],
  );
}
