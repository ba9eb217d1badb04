import type { AuditAction, AuditFact } from "#foundation/audit/model";
import type { BrakeFigures } from "#phones/roll-outs/decide-brake";
import type { RollOut } from "#phones/roll-outs/model";

type RollOutAction = Extract<AuditAction, `roll_out.${string}`>;

/** The audit fact of something that happened to a roll-out. */
export function rollOutFact(
  { id, hardware, updateType, poolFqdn, toVersion }: RollOut,
  event: {
    readonly action: RollOutAction;
    readonly figures: BrakeFigures | null;
    readonly reason?: string;
  },
): AuditFact {
  const { figures } = event;
  return {
    action: event.action,
    subject: {
      kind: "roll_out",
      id,
      name: `${hardware.brand} ${hardware.model} ${updateType} ${toVersion ?? ""}`.trim(),
    },
    facts: {
      pool: poolFqdn,
      version: toVersion,
      ...(figures !== null && {
        installedPhones: figures.installed,
        fellBackPhones: figures.fellBack,
        awayPhones: figures.stayedAway,
      }),
    },
    reason: event.reason ?? "",
  };
}
