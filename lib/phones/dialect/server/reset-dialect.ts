import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { dialectReset } from "#phones/dialect/audit-facts";
import { DIALECT_SETTING } from "#phones/dialect/model";
import type { ResetDialectInput } from "#phones/dialect/schema";
import { changeSettingUnchecked } from "#foundation/settings/server/change-setting";

/** Restores the default dialect. */
export async function resetDialect(
  context: UseCaseContext,
  { seenAt }: ResetDialectInput,
): Promise<"changed" | "skipped"> {
  requirePermission(context.actor, "settings:write");
  return changeSettingUnchecked(context, {
    name: DIALECT_SETTING,
    seenAt,
    value: null,
    toFact: dialectReset,
  });
}
