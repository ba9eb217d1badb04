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
  /** When the value that was shown was written, in ISO 8601; null where none was. */
  readonly seenAt: string | null;
  /** Null: back to the default. */
  readonly value: SettingValue | null;
  readonly toFact: (before: StoredSetting | null) => AuditFact;
};

/** A setting as the database has it; null where it is not set. The caller has authorised. */
export async function readSettingUnchecked(name: string): Promise<StoredSetting | null> {
  return findSetting(db, name);
}

/**
 * Changes a setting, on record, in every process at once. The caller has authorised. A change that another one overtook
 * is a conflict, never a silent overwrite.
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
        "Somebody else has changed this setting. Look at what it is now before you change it.",
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
