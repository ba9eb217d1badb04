import type { RollOut, RollOutStatus } from "#phones/roll-outs/model";

export function rollOutStatus({
  endReason,
  haltedAt,
}: Pick<RollOut, "endReason" | "haltedAt">): RollOutStatus {
  return endReason ?? (haltedAt === null ? "under_way" : "halted");
}
