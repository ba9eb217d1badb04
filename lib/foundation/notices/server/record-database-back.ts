import "server-only";
import { hasNoticeSince } from "#foundation/notices/server/notice-store";
import { lockCondition } from "#foundation/notices/server/condition-store";
import { recordNotice } from "#foundation/notices/server/record-notice";
import { inTransaction } from "#foundation/platform/db/client";

export type DatabaseOutage = {
  readonly since: Date;
  readonly until: Date;
  /** The name of the host that noticed it. */
  readonly host: string;
};

/** Records that the database was away, now that it can be recorded. Every host notices it; the first one records it. */
export async function recordDatabaseBack({ since, until, host }: DatabaseOutage): Promise<void> {
  await inTransaction(async (tx) => {
    await lockCondition(tx, { name: "database", host: "all" });
    if (await hasNoticeSince(tx, "database_back", since)) {
      return;
    }
    const seconds = Math.round((until.getTime() - since.getTime()) / 1000);
    await recordNotice(tx, {
      kind: "database_back",
      key: `database_back ${host} ${since.toISOString()}`,
      at: until,
      facts: { host, since: since.toISOString(), seconds },
    });
  });
}
