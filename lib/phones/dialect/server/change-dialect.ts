import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { dialectChanged } from "#phones/dialect/audit-facts";
import { DIALECT_SETTING } from "#phones/dialect/model";
import type { ChangeDialectInput } from "#phones/dialect/schema";
import { toStoredDialect } from "#phones/dialect/server/find-dialect";
import { changeSettingUnchecked } from "#foundation/settings/server/change-setting";

/** Saves a dialect; all processes use it from the next check. */
export async function changeDialect(
  context: UseCaseContext,
  { dialect, seenAt }: ChangeDialectInput,
): Promise<void> {
  requirePermission(context.actor, "settings:write");
  await changeSettingUnchecked(context, {
    name: DIALECT_SETTING,
    seenAt,
    value: dialect,
    toFact: (before) => dialectChanged(toStoredDialect(before).dialect, dialect),
  });
}
