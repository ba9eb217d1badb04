import "server-only";
import type { JudgedRule } from "#phones/check/answer";
import type { JudgedCheck, PoolReference } from "#phones/check/judge-check";
import { toLyncModules } from "#phones/check/lync-modules";
import { toJudgementRecord, toOutcome } from "#phones/check/outcome";
import type { AnsweredCheck } from "#phones/check/server/answer-check";
import { answerCheck } from "#phones/check/server/answer-check";
import { onceForEach } from "#foundation/core/once-for-each";
import { requireBoundPhone } from "#access/device-tokens/require-bound-phone";
import { recordCheck } from "#phones/check-log/server/recorder";
import type { CheckedKind } from "#phones/check-log/check-row";
import type { Dialect, OfferedModule, Side } from "#fleet/devices/model";
import { shownModule } from "#fleet/devices/shown-module";
import type { CheckRequest } from "#formats/protocol/check-request";

/**
 * How a check came in. The door has let the phone in already, by its address inside the firewall and by a user's
 * credentials outside: the path says which.
 */
export type CheckContext = PoolReference & {
  readonly now: Date;
  readonly side: Side;
  readonly dialect: Dialect;
  readonly address: string;
  /** Whose credentials were brought; null inside. */
  readonly accountName: string | null;
  /** The one phone that the credentials are for; null where any phone may bring them. */
  readonly boundMacAddress: string | null;
  /** Whether a readiness run made it. */
  readonly isProbe: boolean;
};

/**
 * Answers a phone. Needs nothing but memory: what it leaves behind is handed to the recorder, and the database may be
 * away. A phone that nobody knows is no error; it is judged and listed.
 */
export function checkForUpdate(context: CheckContext, body: string): AnsweredCheck {
  const answered = answerCheck(context.dialect, body, context);
  requireBoundPhone(context, answered.request.macAddress);
  record(context, answered);
  return answered;
}

function record(context: CheckContext, { request, check }: AnsweredCheck): void {
  recordCheck({
    kind: recordedKind(check),
    at: context.now,
    side: context.side,
    dialect: context.dialect,
    address: context.address,
    macAddress: request.macAddress,
    serialNumber: request.serialNumber,
    // Outside, credentials say who it is; inside, only the phone does.
    userName: context.accountName ?? request.user,
    trigger: isProbe(context, request) ? "readiness" : request.trigger,
    refusal: null,
  });
}

/** The part of a record that phones which are judged alike have in common. */
const recordedKind = onceForEach(({ pool, judged, kind }: JudgedCheck): CheckedKind => {
  const judgements = judged.map(({ judgement }) => judgement);
  return {
    poolId: pool?.pool.id ?? null,
    hardware: kind.hardware,
    requested: kind.installed,
    outcome: pool === null ? "no_pool" : toOutcome(judgements),
    offered: judged.flatMap(toOffered),
    images: toLyncModules(judged).map(({ image }) => image),
    judgements: judgements.map(toJudgementRecord),
    shown: shownModule(kind.installed, judgements),
  };
});

/** A mark that somebody overheard must not make a phone look like one of our own checks: those are of no phone. */
function isProbe(context: CheckContext, { macAddress, serialNumber }: CheckRequest): boolean {
  return context.isProbe && macAddress === null && serialNumber === null;
}

function toOffered({ rule: { updateType }, judgement }: JudgedRule): readonly OfferedModule[] {
  return judgement.verdict === "offered"
    ? [{ updateType, version: judgement.release.version, channel: judgement.channel }]
    : [];
}
