import "server-only";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import { dialectReset } from "#lib/dialect/audit-facts";
import { DIALECT_SETTING } from "#lib/dialect/model";
import type { ResetDialectInput } from "#lib/dialect/schema";
import { changeSetting } from "#lib/settings/server/change-setting";

/** Puts the default dialect back in force. */
export async function resetDialect(
  context: UseCaseContext,
  { seenAt }: ResetDialectInput,
): Promise<"changed" | "skipped"> {
  requirePermission(context.actor, "settings:write");
  return changeSetting(context, {
    name: DIALECT_SETTING,
    seenAt,
    value: null,
    toFact: dialectReset,
  });
}
