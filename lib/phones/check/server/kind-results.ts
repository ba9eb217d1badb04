import "server-only";
import type { JudgedRule } from "#phones/check/answer";
import { toAnswer } from "#phones/check/answer";
import type { JudgedCheck } from "#phones/check/judge-check";
import { toLyncModules } from "#phones/check/lync-modules";
import { toJudgementRecord, toOutcome } from "#phones/check/outcome";
import type { CheckedKind } from "#phones/check-log/check-row";
import { toCheckedKind } from "#phones/check-log/checked-kind";
import { memoizeByObject } from "#foundation/core/memoize";
import { env } from "#foundation/platform/env";
import type { OfferedModule } from "#fleet/devices/model";
import { shownModule } from "#fleet/devices/installed-modules";
import type { RenderedAnswer } from "#phones/dialect/dialect-renderer";
import type { PreparedDialect } from "#phones/dialect/server/current-dialect";

/**
 * The results of a judgement: its part of the record, and its answers. `judgeCheck` returns the same judgement for all
 * phones of a kind, so they are computed once per kind.
 */
export const resultsOf = memoizeByObject((check: JudgedCheck) => ({
  record: toRecord(check),
  json: toJson(check),
  lync: memoizeByObject(({ render }: PreparedDialect) => render(toLyncModules(check.judged))),
}));

function toRecord({ pool, judged, kind }: JudgedCheck): CheckedKind {
  const judgements = judged.map(({ judgement }) => judgement);
  return toCheckedKind({
    poolId: pool?.pool.id ?? null,
    hardware: kind.hardware,
    requested: kind.installed,
    outcome: pool === null ? "no_pool" : toOutcome(judgements),
    offered: judged.flatMap(toOffered),
    images: toLyncModules(judged).map(({ image }) => image),
    judgements: judgements.map(toJudgementRecord),
    shown: shownModule(kind.installed, judgements),
  });
}

function toOffered({ rule: { updateType }, judgement }: JudgedRule): readonly OfferedModule[] {
  return judgement.verdict === "offered"
    ? [{ updateType, version: judgement.release.version, channel: judgement.channel }]
    : [];
}

function toJson({ judged }: JudgedCheck): RenderedAnswer {
  const { NEXT_CHECK_SECONDS, INSTALL_IDLE_SECONDS } = env();
  const answer = toAnswer(judged, {
    nextCheckSeconds: NEXT_CHECK_SECONDS,
    idleSecondsBeforeInstall: INSTALL_IDLE_SECONDS,
  });
  return { status: 200, contentType: "application/json", body: JSON.stringify(answer) };
}
