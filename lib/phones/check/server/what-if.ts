import "server-only";
import type { RuleTable } from "#phones/check/rule-table";
import { buildRuleTable } from "#phones/check/rule-table";
import { ruleTableState } from "#phones/check/server/rule-table-loader";
import { findSnapshot } from "#phones/check/server/store";
import type { WhatIf } from "#phones/check/what-if";
import { foresee } from "#phones/check/what-if";
import type { WhatIfInput } from "#phones/check/what-if-input";
import { whatIfInput } from "#phones/check/what-if-input";
import { parseInput } from "#foundation/core/parse-input";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { Side } from "#fleet/devices/model";
import { inTransaction } from "#foundation/platform/db/client";
import { env } from "#foundation/platform/env";

/** What the device would be told; `side` says which of the URLs in the answer it would use. */
export type PreviewedCheck = WhatIf & { readonly side: Side };

/**
 * What a phone would be answered today, and after an approval if one is chosen. It leaves nothing behind: no check is
 * recorded and nothing is approved.
 */
export async function previewCheck(
  context: UseCaseContext,
  input: WhatIfInput,
): Promise<PreviewedCheck> {
  requirePermission(context.actor, "device:read");
  const { pool, side, approve, ...phone } = parseInput(whatIfInput, input, {
    message: "The phone is not described completely.",
  });
  const { NEXT_CHECK_SECONDS, INSTALL_IDLE_SECONDS } = env();
  const question = { phone, poolFqdn: pool, approveRuleId: approve?.ruleId ?? null };
  const foreseen = foresee(await presentTable(context.now), question, {
    nextCheckSeconds: NEXT_CHECK_SECONDS,
    idleSecondsBeforeInstall: INSTALL_IDLE_SECONDS,
  });
  return { ...foreseen, side };
}

/** The table that answers phones in this process; one of the same making where none does, as in a command. */
async function presentTable(now: Date): Promise<RuleTable> {
  return (
    ruleTableState().table ??
    buildRuleTable(
      await inTransaction((tx) => findSnapshot(tx, now), { isolation: "RepeatableRead" }),
    )
  );
}
