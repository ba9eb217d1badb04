import "server-only";
import { z } from "zod";
import type { RollOutSiteCounts } from "#fleet/devices/roll-out-state";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import type { RollOutEvent, RollOutSample, RollOutSummary } from "#phones/roll-outs/model";
import { MAX_PHONE_LIST_AGE_MS } from "#phones/roll-outs/model";
import { findRollOutEvents } from "#phones/roll-outs/server/brake-store";
import { findSamples } from "#phones/roll-outs/server/sample-store";
import { findSiteCounts } from "#phones/roll-outs/server/site-count-store";
import { findRollOutById, findRollOutsOfRequest } from "#phones/roll-outs/server/store";
import { summarizeRollOuts } from "#phones/roll-outs/server/summarize-roll-outs";

const MAX_COMPANIONS = 200;

export type RollOutDetails = {
  readonly rollOut: RollOutSummary;
  /** All stored numbers, in order of time; each is valid until the next one. */
  readonly samples: readonly RollOutSample[];
  /** The roll-outs that the same review opened, with this one: of other pools and models. */
  readonly companions: readonly RollOutSummary[];
  /** The numbers by the site of the phones, by the id of this roll-out or a companion; absent until they are counted. */
  readonly sites: ReadonlyMap<string, readonly RollOutSiteCounts[]>;
  /** Newest first. */
  readonly events: readonly RollOutEvent[];
  /** Whether the list of its phones is still kept. */
  readonly hasPhones: boolean;
};

/** A roll-out with its history; null if there is none with this id. */
export async function findRollOut(
  context: UseCaseContext,
  id: string,
): Promise<RollOutDetails | null> {
  requirePermission(context.actor, "rule:read");
  const found = z.uuid().safeParse(id).success ? await findRollOutById(db, id) : null;
  if (found === null) {
    return null;
  }
  const opened = await findRollOutsOfRequest(db, found, MAX_COMPANIONS);
  const others = opened.filter((rollOut) => rollOut.id !== id);
  const ids = [id, ...others.map((other) => other.id)];
  const [samples, events, sites, [rollOut, ...rest]] = await Promise.all([
    findSamples(db, id),
    findRollOutEvents(db, id),
    findSiteCounts(db, ids),
    summarizeRollOuts(db, [found, ...others], context.now),
  ]);
  if (rollOut === undefined) {
    return null;
  }
  const hasPhones = isPhoneListKept(rollOut, context.now);
  return { rollOut, samples, sites, events, companions: [rollOut, ...rest], hasPhones };
}

function isPhoneListKept({ target, endedAt }: RollOutSummary, now: Date): boolean {
  const isRecent = endedAt === null || now.getTime() - endedAt.getTime() < MAX_PHONE_LIST_AGE_MS;
  return target !== null && target > 0 && isRecent;
}
