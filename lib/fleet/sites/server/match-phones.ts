import "server-only";
import { findLastListed, matchPhonesWithin } from "#fleet/sites/server/match-store";
import { MATCH_PHONES_TASK } from "#fleet/sites/server/store";
import { db, inTransaction } from "#foundation/platform/db/client";
import type { JobTask } from "#foundation/platform/jobs";

/** Small enough that the checks of a batch's phones wait only for a moment. */
const BATCH_PHONES = 2_000;
const BEFORE_EVERY_ID = "00000000-0000-0000-0000-000000000000";

/** The tasks of a worker that matches phones with the networks of sites. */
export const SITE_TASKS: Readonly<Record<string, JobTask>> = {
  [MATCH_PHONES_TASK]: async (_payload, { signal }) => {
    await matchPhones(signal);
  },
};

/**
 * Matches all listed phones with the networks of sites, in batches; returns how many have another network now. Runs after
 * each change of the networks, and from the beginning again if it was interrupted. The change has been authorised.
 */
export async function matchPhones(signal?: AbortSignal): Promise<number> {
  let after = BEFORE_EVERY_ID;
  let changed = 0;
  for (;;) {
    signal?.throwIfAborted();
    const last = await findLastListed(db, { after, take: BATCH_PHONES });
    if (last === null) {
      return changed;
    }
    const range = { after, last };
    changed += await inTransaction((tx) => matchPhonesWithin(tx, range));
    after = last;
  }
}
