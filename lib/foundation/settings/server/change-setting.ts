import "server-only";
import type { AuditFact } from "#foundation/audit/model";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { AppError } from "#foundation/core/errors";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { SETTINGS_CHANNEL } from "#foundation/platform/db/channels";
import { db, inTransaction } from "#foundation/platform/db/client";
import { notify } from "#foundation/platform/db/listen";
import type { SettingValue, StoredSetting } from "#foundation/settings/model";
import {
  deleteSetting,
  findSetting,
  lockSetting,
  putSetting,
} from "#foundation/settings/server/setting-store";

export type SettingChange = {
  readonly name: string;
  /** When the value that the administrator saw was written, in ISO 8601; null if none was stored. */
  readonly seenAt: string | null;
  /** Null restores the default. */
  readonly value: SettingValue | null;
  readonly toFact: (before: StoredSetting | null) => AuditFact;
};

/** Reads a setting from the database; null if it is not set. The caller must check the permission. */
export async function readSettingUnchecked(name: string): Promise<StoredSetting | null> {
  return findSetting(db, name);
}

/**
 * Changes and audits a setting, and notifies every process. The caller must check the permission. Throws `conflict` if
 * the setting has changed since it was read, and never overwrites silently.
 */
export async function changeSettingUnchecked(
  context: UseCaseContext,
  { name, seenAt, value, toFact }: SettingChange,
): Promise<"changed" | "skipped"> {
  return inTransaction(async (tx) => {
    const before = await lockSetting(tx, name);
    if ((before?.updatedAt.getTime() ?? null) !== (seenAt === null ? null : Date.parse(seenAt))) {
      throw new AppError(
        "conflict",
        "This setting was changed after you opened it. Reload the page before you change it.",
      );
    }
    if (value !== null) {
      const { now: updatedAt, actor } = context;
      await putSetting(tx, { name, value, updatedAt, updatedBy: actor.name });
    } else if (!(await deleteSetting(tx, name))) {
      return "skipped";
    }
    await notify(tx, SETTINGS_CHANNEL);
    await recordAudit(tx, context, [toFact(before)]);
    return "changed";
  });
}
