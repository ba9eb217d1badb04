import "server-only";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import { dialectChanged } from "#lib/dialect/audit-facts";
import { DIALECT_SETTING } from "#lib/dialect/model";
import type { ChangeDialectInput } from "#lib/dialect/schema";
import { toStoredDialect } from "#lib/dialect/server/find-dialect";
import { changeSetting } from "#lib/settings/server/change-setting";

/** Puts a dialect in force, in every process, with the next check. */
export async function changeDialect(
  context: UseCaseContext,
  { dialect, seenAt }: ChangeDialectInput,
): Promise<void> {
  requirePermission(context.actor, "settings:write");
  await changeSetting(context, {
    name: DIALECT_SETTING,
    seenAt,
    value: dialect,
    toFact: (before) => dialectChanged(toStoredDialect(before).dialect, dialect),
  });
}
