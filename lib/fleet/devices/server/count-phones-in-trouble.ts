import "server-only";
import { currentLimits } from "#fleet/devices/server/current-limits";
import { countProgressStates } from "#fleet/devices/server/trouble-store";
import { db } from "#foundation/platform/db/client";

/** Phones by what is wrong with their update; a phone counts once, with its most urgent state. */
export type PhonesInTrouble = {
  readonly neverCameBack: number;
  readonly fellBack: number;
  readonly otherVersion: number;
};

/** Runs on a schedule, so there is no caller to authorise. */
export async function countPhonesInTrouble(now: Date): Promise<PhonesInTrouble> {
  const counts = await countProgressStates(db, currentLimits(now));
  return {
    neverCameBack: counts.get("never_came_back") ?? 0,
    fellBack: counts.get("fell_back") ?? 0,
    otherVersion: counts.get("other_version") ?? 0,
  };
}
