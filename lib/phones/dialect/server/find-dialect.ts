import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { StoredDialect } from "#phones/dialect/model";
import { DIALECT_SETTING } from "#phones/dialect/model";
import { DEFAULT_DIALECT, lyncDialect } from "#phones/dialect/dialect";
import type { StoredSetting } from "#foundation/settings/model";
import { readSettingUnchecked } from "#foundation/settings/server/change-setting";

/** Reads the current dialect from the database. */
export async function findDialect(context: UseCaseContext): Promise<StoredDialect> {
  requirePermission(context.actor, "settings:read");
  return toStoredDialect(await readSettingUnchecked(DIALECT_SETTING));
}

export function toStoredDialect(setting: StoredSetting | null): StoredDialect {
  if (setting === null) {
    return { dialect: DEFAULT_DIALECT, changed: null, isBroken: false };
  }
  const changed = { at: setting.updatedAt, by: setting.updatedBy };
  const parsed = lyncDialect.safeParse(setting.value);
  return parsed.success
    ? { dialect: parsed.data, changed, isBroken: false }
    : { dialect: DEFAULT_DIALECT, changed, isBroken: true };
}
