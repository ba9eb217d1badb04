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

/** A phone, which need not exist, and an approval that may happen before its check. */
export type WhatIfQuestion = {
  readonly phone: Pick<CheckRequest, "hardware" | "installed" | "macAddress" | "serialNumber">;
  /** Null: the pool for phones that name no pool. */
  readonly poolFqdn: string | null;
  /** The rule whose pending version would be approved; null: no approval. */
  readonly approveRuleId: string | null;
};

/** The predicted answer to a phone, with the reasons. */
export type WhatIfAnswer = {
  /** Null if there is no pool for the phone. */
  readonly poolFqdn: string | null;
  readonly isTestDevice: boolean;
  readonly outcome: CheckOutcome;
  readonly judgements: readonly JudgementRecord[];
  readonly answer: CheckAnswer;
};

/** A rule for exactly this hardware with a pending version. */
export type ApprovableRule = {
  readonly ruleId: string;
  readonly updateType: string;
  readonly version: string;
};

export type WhatIf = {
  readonly today: WhatIfAnswer;
  readonly approvable: readonly ApprovableRule[];
  /** Null if no approval was requested, or if the rule no longer has a pending version. */
  readonly afterApproval: WhatIfAnswer | null;
};

/**
 * Predicts the answer to a phone today and after an approval. Pure; judges and renders with the code of a real check,
 * on a copy of the table in which the rule is approved.
 */
export function simulateCheck(
  rules: RuleTable,
  { phone, poolFqdn, approveRuleId }: WhatIfQuestion,
  times: AnswerTimes,
): WhatIf {
  const reference = { poolFqdn, host: null };
  const request = { ...phone, user: null, trigger: null };
  const check = judgeCheck(rules, reference, request);
  const approved = approveRuleId === null ? null : withApproval(rules, approveRuleId);
  return {
    today: toWhatIfAnswer(check, times),
    approvable: toApprovable(check),
    afterApproval:
      approved === null ? null : toWhatIfAnswer(judgeCheck(approved, reference, request), times),
  };
}

function toWhatIfAnswer(
  { pool, isTestDevice, judged }: JudgedCheck,
  times: AnswerTimes,
): WhatIfAnswer {
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
