import "server-only";
import {
  NO_NEIGHBOURS,
  countInstalledUnchecked,
  findFailedUnchecked,
  findNeighboursUnchecked,
} from "#fleet/devices/server/find-brake-facts";
import type { RollOutScope } from "#fleet/devices/roll-out-state";
import type { BrakeSettings } from "#fleet/pools/brake";
import { recordAudit } from "#foundation/audit/server/record-audit";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { recordNotice } from "#foundation/notices/server/record-notice";
import { RULES_CHANNEL } from "#foundation/platform/db/channels";
import type { Db } from "#foundation/platform/db/client";
import { notify } from "#foundation/platform/db/listen";
import { env } from "#foundation/platform/env";
import type { BrakeDecision, BrakeFigures } from "#phones/roll-outs/decide-brake";
import { MIN_QUIET_MS, decideBrake, neighbourWindowMs } from "#phones/roll-outs/decide-brake";
import type { RollOut } from "#phones/roll-outs/model";
import { rollOutFact } from "#phones/roll-outs/audit-facts";
import {
  findBrakeSettings,
  haltRollOut,
  insertRollOutEvent,
  markWarned,
} from "#phones/roll-outs/server/brake-store";

/** Halts a roll-out, or warns once, if too many phones fell back or stayed away. Returns whether it is halted now. */
export async function applyBrake(
  tx: Db,
  context: UseCaseContext,
  { rollOut, scope }: { readonly rollOut: RollOut; readonly scope: RollOutScope },
): Promise<boolean> {
  if (rollOut.endedAt !== null || rollOut.haltedAt !== null) {
    return rollOut.haltedAt !== null;
  }
  const settings = await findBrakeSettings(tx, rollOut.poolId);
  if (settings === null || settings.brake === "off") {
    return false;
  }
  const { action, figures } = await decide(tx, { rollOut, scope, settings, now: context.now });
  if (action === "stop" && (await haltRollOut(tx, rollOut.id, context.now))) {
    await recordBrake(tx, context, { rollOut, kind: "halted", figures });
    await notify(tx, RULES_CHANNEL);
    return true;
  }
  if (action === "warn" && (await markWarned(tx, rollOut.id, context.now))) {
    await recordBrake(tx, context, { rollOut, kind: "warned", figures });
  }
  return false;
}

/**
 * Reads only what can decide: how many phones installed, if enough of them failed; and the neighbours, if the brake acts
 * without, because phones at a dark site only lower the share of those that fail.
 */
async function decide(
  tx: Db,
  {
    rollOut,
    scope,
    settings,
    now,
  }: {
    readonly rollOut: RollOut;
    readonly scope: RollOutScope;
    readonly settings: BrakeSettings;
    readonly now: Date;
  },
): Promise<BrakeDecision> {
  const { NEXT_CHECK_SECONDS: nextCheckSeconds } = env();
  const options = { now, settings, nextCheckSeconds };
  const since = rollOut.brakeFrom ?? rollOut.startedAt;
  const quietBefore = new Date(now.getTime() - MIN_QUIET_MS);
  const failed = await findFailedUnchecked(tx, scope, { now, since, quietBefore });
  // Of so many phones all failed: the largest share that is possible.
  const atMost = decideBrake(
    { ...failed, ...NO_NEIGHBOURS, installed: failed.fellBack + failed.quiet.length },
    options,
  );
  if (atMost.action === "none") {
    return atMost;
  }
  const facts = { ...failed, installed: await countInstalledUnchecked(tx, scope, { since }) };
  const withoutNeighbours = decideBrake({ ...facts, ...NO_NEIGHBOURS }, options);
  if (withoutNeighbours.action === "none") {
    return withoutNeighbours;
  }
  const neighbours = await findNeighboursUnchecked(tx, failed.quiet, {
    poolId: scope.poolId,
    windowMs: neighbourWindowMs(nextCheckSeconds),
  });
  return decideBrake({ ...facts, ...neighbours }, options);
}

async function recordBrake(
  tx: Db,
  context: UseCaseContext,
  {
    rollOut,
    kind,
    figures,
  }: {
    readonly rollOut: RollOut;
    readonly kind: "halted" | "warned";
    readonly figures: BrakeFigures;
  },
): Promise<void> {
  const at = context.now;
  await insertRollOutEvent(tx, {
    rollOutId: rollOut.id,
    at,
    kind,
    actorName: context.actor.name,
    reason: "",
    figures,
  });
  await recordNotice(tx, {
    kind: "brake",
    key: `brake/${rollOut.id}/${kind}/${at.toISOString()}`,
    at,
    facts: {
      rollOutId: rollOut.id,
      ruleId: rollOut.ruleId,
      brand: rollOut.hardware.brand,
      model: rollOut.hardware.model,
      updateType: rollOut.updateType,
      pool: rollOut.poolFqdn,
      version: rollOut.toVersion ?? "",
      action: kind === "halted" ? "stopped" : "warned",
      installed: figures.installed,
      failed: figures.fellBack + figures.stayedAway,
    },
  });
  await recordAudit(tx, context, [
    rollOutFact(rollOut, {
      action: kind === "halted" ? "roll_out.halted" : "roll_out.warned",
      figures,
    }),
  ]);
}
