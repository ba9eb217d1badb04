import { imageKey } from "#foundation/core/hardware";
import type { ImportOutcome, ImportedUpdate } from "#firmware/rules/imported-update";

/** Changes the outcome from unchanged to repaired for rules whose version had its content repaired by the import. */
export function markRepaired(
  outcomes: readonly ImportOutcome[],
  updates: readonly ImportedUpdate[],
  repaired: ReadonlySet<string>,
): readonly ImportOutcome[] {
  const keys = new Set(
    updates
      .filter(({ files }) => files.some(({ sha256 }) => repaired.has(sha256)))
      .map((update) => keyOf(update)),
  );
  return outcomes.map((outcome) =>
    outcome.outcome === "unchanged" && keys.has(keyOf(outcome))
      ? { ...outcome, outcome: "repaired" }
      : outcome,
  );
}

function keyOf({
  hardware,
  updateType,
  version,
}: Pick<ImportedUpdate, "hardware" | "updateType" | "version">): string {
  return `${imageKey(hardware, updateType)}/${version}`;
}
