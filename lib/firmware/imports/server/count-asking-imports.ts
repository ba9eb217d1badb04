import "server-only";
import { countImportsIn } from "#firmware/imports/server/store";
import { statesIn } from "#firmware/imports/transitions";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";

/** Counts the imports that wait for an answer. */
export async function countAskingImports(context: UseCaseContext): Promise<number> {
  requirePermission(context.actor, "import:read");
  return countImportsIn(db, statesIn("waiting"));
}
