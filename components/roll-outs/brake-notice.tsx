import { useTranslations } from "next-intl";
import { ContinueRollOut } from "#components/roll-outs/continue-roll-out";
import type { ContinueRollOutAction } from "#components/roll-outs/continue-roll-out";
import { Callout } from "#components/ui/callout";
import type { BrakeFigures } from "#phones/roll-outs/decide-brake";
import type { RollOutEvent, RollOutSummary } from "#phones/roll-outs/model";

type BrakeNoticeProps = {
  readonly rollOut: RollOutSummary;
  /** Newest first. */
  readonly events: readonly RollOutEvent[];
  /** Null if the user may not review rules. */
  readonly continueRollOut: ContinueRollOutAction | null;
};

/** Why the brake halted a roll-out or warned of it, while that matters. */
export function BrakeNotice({ rollOut, events, continueRollOut }: BrakeNoticeProps) {
  const t = useTranslations("rollOuts.brake");
  const isHalted = rollOut.status === "halted";
  const figures = currentFigures(rollOut, events);
  if (figures === null) {
    return null;
  }
  return (
    <Callout
      tone={isHalted ? "bad" : "warn"}
      title={t(isHalted ? "halted" : "warned")}
      actions={
        isHalted &&
        continueRollOut !== null && (
          <ContinueRollOut rollOutId={rollOut.id} continueRollOut={continueRollOut} />
        )
      }
    >
      <p>{t("figures", { ...figures, share: figures.percent / 100 })}</p>
      {figures.dark > 0 && <p>{t("dark", { count: figures.dark })}</p>}
      {isHalted && <p>{t("choice")}</p>}
    </Callout>
  );
}

/** What the brake decided from; null unless it halted the roll-out, or warned of one that is under way. */
function currentFigures(
  { endedAt, haltedAt, warnedAt }: RollOutSummary,
  events: readonly RollOutEvent[],
): BrakeFigures | null {
  const isCurrent = endedAt === null && (haltedAt !== null || warnedAt !== null);
  const decision = events.find(({ kind }) => kind !== "continued");
  return isCurrent ? (decision?.figures ?? null) : null;
}
