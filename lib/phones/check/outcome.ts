import type { Judgement } from "#phones/check/model";
import type { CheckOutcome, JudgementRecord, Verdict } from "#fleet/devices/model";

/** In order of precedence: the first verdict that a check contains is its outcome. */
const OUTCOMES: readonly (readonly [Verdict, CheckOutcome])[] = [
  ["offered", "offered"],
  ["content_unusable", "content_unusable"],
  ["already_installed", "already_installed"],
  ["halted", "halted"],
  ["suspended", "suspended"],
  ["nothing_to_offer", "nothing_to_offer"],
];

/** The outcome of a check that reached a pool. */
export function toOutcome(judgements: readonly Judgement[]): CheckOutcome {
  const decisive = OUTCOMES.find(([verdict]) =>
    judgements.some((judgement) => judgement.verdict === verdict),
  );
  return decisive?.[1] ?? "no_rule";
}

/** Converts a judgement to its stored form. */
export function toJudgementRecord(judgement: Judgement): JudgementRecord {
  const { ruleId, updateType, verdict } = judgement;
  switch (judgement.verdict) {
    case "offered": {
      const { channel, release } = judgement;
      return { ruleId, updateType, verdict, channel, version: release.version };
    }
    case "already_installed":
    case "content_unusable":
    case "suspended":
    case "halted": {
      const { channel, version } = judgement;
      return { ruleId, updateType, verdict, channel, version };
    }
    case "nothing_to_offer":
    case "other_hardware":
      return { ruleId, updateType, verdict, channel: null, version: null };
  }
}
