import "server-only";
import { presentRuleTable } from "#phones/check/server/present-rule-table";
import type { WhatIf } from "#phones/check/what-if";
import { simulateCheck } from "#phones/check/what-if";
import type { WhatIfInput } from "#phones/check/what-if-input";
import { whatIfInput } from "#phones/check/what-if-input";
import { parseInput } from "#foundation/core/parse-input";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { Side } from "#fleet/devices/model";
import { env } from "#foundation/platform/env";

/** The answer that the device would get; `side` selects which URLs of the answer it would use. */
export type PreviewedCheck = WhatIf & { readonly side: Side };

/**
 * Previews the answer to a phone today and, if a rule is given, after its approval. Has no side effects: no check is
 * recorded and nothing is approved.
 */
export async function previewCheck(
  context: UseCaseContext,
  input: WhatIfInput,
): Promise<PreviewedCheck> {
  requirePermission(context.actor, "device:read");
  const { pool, side, approve, ...phone } = parseInput(whatIfInput, input, {
    message: "The description of the phone is incomplete.",
  });
  const { NEXT_CHECK_SECONDS, INSTALL_IDLE_SECONDS } = env();
  const question = { phone, poolFqdn: pool, approveRuleId: approve?.ruleId ?? null };
  const preview = simulateCheck(await presentRuleTable(context.now), question, {
    nextCheckSeconds: NEXT_CHECK_SECONDS,
    idleSecondsBeforeInstall: INSTALL_IDLE_SECONDS,
  });
  return { ...preview, side };
}
