import "server-only";
import { randomUUID } from "node:crypto";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { coalescedTask } from "#foundation/platform/coalesced-task";
import { RULES_CHANNEL } from "#foundation/platform/db/channels";
import { db } from "#foundation/platform/db/client";
import { listen } from "#foundation/platform/db/listen";
import { log } from "#foundation/platform/log";
import { repeatTask } from "#foundation/platform/repeat-task";
import { sampleFleet } from "#phones/statistics/server/sample-fleet";
import { deleteOldStatistics } from "#phones/statistics/server/statistics-store";

const SAMPLE_EVERY_MS = 2 * 60 * 1000;
/** Shorter than the interval, so that two hosts do not both count in each interval. */
const MIN_AGE_MS = 90 * 1000;
const CLEAN_EVERY_MS = 60 * 60 * 1000;

/** Counts the fleet regularly, and soon after a change of rules. */
export function startStatistics(): { readonly stop: () => Promise<void> } {
  const sampling = repeatTask(SAMPLE_EVERY_MS, "count the fleet", async () => {
    await sampleFleet(systemContext(), { minAgeMs: MIN_AGE_MS });
  });
  const afterChange = coalescedTask(sampleAgain, { gatherMs: 1_000, restMs: 10_000 });
  const request = (): void => void afterChange.request();
  const subscription = listen(RULES_CHANNEL, { onNotify: request, onConnect: () => undefined });
  const cleaning = repeatTask(CLEAN_EVERY_MS, "delete old statistics", () =>
    deleteOldStatistics(db, new Date()),
  );
  return {
    stop: async () => {
      await subscription.stop();
      await Promise.all([sampling.stop(), afterChange.stop(), cleaning.stop()]);
    },
  };
}

async function sampleAgain(): Promise<void> {
  try {
    await sampleFleet(systemContext(), { minAgeMs: 0 });
  } catch (error) {
    log().warn({ err: error }, "could not count the fleet after a change; it is counted later");
  }
}

function systemContext(): UseCaseContext {
  return {
    actor: { kind: "system", id: null, name: "statistics", role: "viewer" },
    now: new Date(),
    requestId: randomUUID(),
  };
}
