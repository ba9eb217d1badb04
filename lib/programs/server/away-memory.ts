import "server-only";
import type { AwayReceivers } from "#access/notifications/server/tell-database-away";
import {
  readAwayReceivers,
  tellDatabaseAway,
} from "#access/notifications/server/tell-database-away";
import { isFirstHost } from "#foundation/notices/server/is-first-host";
import { whenAvailable } from "#foundation/platform/db/when-available";
import { instanceId } from "#foundation/platform/instance-id";
import { repeatTask } from "#foundation/platform/repeat-task";

const READ_EVERY_MS = 60_000;

export type AwayMemory = {
  /** Tells the receivers that are in memory; none if another host tells. */
  readonly tell: (since: Date, host: string) => Promise<void>;
  readonly stop: () => Promise<void>;
};

/**
 * Keeps in memory whom to tell when the database is away, on one host. If that host is lost together with the database,
 * the outage is told when it has ended.
 */
export function startAwayMemory(): AwayMemory {
  let receivers: AwayReceivers | null = null;
  const reading = repeatTask(READ_EVERY_MS, "read whom to tell of an outage", () =>
    whenAvailable(async () => {
      const now = new Date();
      receivers = (await isFirstHost(await instanceId(), now))
        ? await readAwayReceivers(now)
        : null;
    }),
  );
  return {
    tell: async (since, host) => {
      await (receivers && tellDatabaseAway(receivers, { since, host, now: new Date() }));
    },
    stop: reading.stop,
  };
}
