import "server-only";
import { z } from "zod";
import type { PoolKind, StateSelection } from "#fleet/devices/kind";
import type { RollOutScope, RolledOutVersion } from "#fleet/devices/roll-out-state";
import { currentLimits } from "#fleet/devices/server/current-limits";
import { findKindsOf } from "#fleet/devices/server/kind-store";
import type { CountedRollOut } from "#fleet/devices/server/roll-out-phones-store";
import {
  countRollOutPhones,
  findRolledOutVersion,
  insertRollOutPhones,
  storeRollOutStates,
} from "#fleet/devices/server/roll-out-phones-store";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { Db } from "#foundation/platform/db/client";
import { db } from "#foundation/platform/db/client";

/**
 * What roll-outs ask the inventory about their phones. The worker runs on a schedule: there is no caller to authorise.
 */

/** Null if no roll-out with this id brings a version to phones. */
export async function findRolledOut(
  context: UseCaseContext,
  rollOutId: string,
): Promise<RolledOutVersion | null> {
  requirePermission(context.actor, "device:read");
  return z.uuid().safeParse(rollOutId).success ? findRolledOutVersion(db, rollOutId) : null;
}

/** The kinds with a hardware key, with what their phones report. */
export async function listKindsOf(
  context: UseCaseContext,
  hardwareKey: string,
): Promise<readonly Pick<PoolKind, "kindId" | "installed">[]> {
  requirePermission(context.actor, "device:read");
  return findKindsOf(db, hardwareKey);
}

/** Stores the phones that a roll-out moves; returns their number. */
export function keepRollOutPhonesUnchecked(
  tx: Db,
  scope: RollOutScope,
  selection: StateSelection,
): Promise<number> {
  return insertRollOutPhones(tx, scope, selection);
}

/** Counts the phones of a roll-out by state and site at a time. */
export function countRollOutPhonesUnchecked(
  tx: Db,
  scope: RollOutScope,
  now: Date,
): Promise<CountedRollOut> {
  return countRollOutPhones(tx, scope, currentLimits(now));
}

/** Stores the states of a roll-out's phones at its end. */
export function settleRollOutPhonesUnchecked(
  tx: Db,
  scope: RollOutScope,
  now: Date,
): Promise<void> {
  return storeRollOutStates(tx, scope, currentLimits(now));
}
