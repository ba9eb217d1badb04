import { useFormatter, useTranslations } from "next-intl";
import { Link } from "#components/ui/link";
import { RollOutStateBadge } from "#components/roll-outs/roll-out-badges";
import { STATES_IN_ORDER, ShareBar, ShareMark } from "#components/roll-outs/share-bar";
import { ShareText } from "#components/roll-outs/share-text";
import { Instant } from "#components/ui/instant";
import type { RollOutState } from "#fleet/devices/roll-out-state";
import type { RollOutSummary } from "#phones/roll-outs/model";

type RollOutNumbersProps = {
  readonly rollOut: RollOutSummary;
  /** Whether the phones behind the numbers can still be listed. */
  readonly hasPhones: boolean;
};

/** How many phones of a roll-out are in each state, with the share and a link to these phones. */
export function RollOutNumbers({ rollOut, hasPhones }: RollOutNumbersProps) {
  const t = useTranslations("rollOuts");
  const format = useFormatter();
  const { counts, target } = rollOut;
  if (counts === null || target === null) {
    return <p className="text-[0.8125rem] text-ink-muted">{t("counting")}</p>;
  }
  const shown = STATES_IN_ORDER.filter((state) => counts[state] > 0);
  return (
    <div className="space-y-3">
      <RunningLine rollOut={rollOut} />
      <ShareBar counts={counts} target={target} isTall />
      <ul className="divide-y divide-line text-[0.8125rem]">
        {shown.map((state) => (
          <li key={state} className="flex items-center gap-3 py-1.5">
            <ShareMark state={state} />
            <RollOutStateBadge state={state} />
            <span className="ms-auto tabular-nums">
              <PhonesLink rollOutId={rollOut.id} state={state} isLink={hasPhones}>
                {format.number(counts[state])}
              </PhonesLink>
            </span>
            <span className="w-14 text-end text-ink-muted tabular-nums">
              <ShareText phones={counts[state]} target={target} />
            </span>
          </li>
        ))}
      </ul>
      {counts.joined > 0 && (
        <p className="text-[0.8125rem] text-ink-muted">
          {t("joined", { count: counts.joined, running: counts.joinedRunning })}
        </p>
      )}
      <p className="text-xs text-ink-muted">
        {t("countedAt")} <Instant date={counts.at} format="full" />
      </p>
    </div>
  );
}

type RunningLineProps = { readonly rollOut: RollOutSummary };

/** The one sentence about a roll-out, and when it is expected to finish. */
export function RunningLine({ rollOut }: RunningLineProps) {
  const t = useTranslations("rollOuts");
  const { counts, target, expectedFinish } = rollOut;
  return (
    <p className="text-sm">
      <span className="font-medium">
        {t("running", { running: counts?.running ?? 0, target: target ?? 0 })}
      </span>
      {expectedFinish !== null && (
        <span className="block text-[0.8125rem] text-ink-muted">
          {t("expectedFinish")} <Instant date={expectedFinish} format="full" />
        </span>
      )}
      {expectedFinish === null && rollOut.status === "under_way" && (
        <span className="block text-[0.8125rem] text-ink-muted">{t("finishUnknown")}</span>
      )}
    </p>
  );
}

type PhonesLinkProps = {
  readonly rollOutId: string;
  readonly state: RollOutState;
  readonly isLink: boolean;
  readonly children: string;
};

function PhonesLink({ rollOutId, state, isLink, children }: PhonesLinkProps) {
  const t = useTranslations("rollOuts");
  if (!isLink || state === "left") {
    return children;
  }
  return (
    <Link
      href={`/devices?rollOut=${rollOutId}&rollOutState=${state}`}
      aria-label={t("showPhones", { phones: children, state: t(`states.${state}`) })}
      className="rounded font-medium text-accent-ink underline underline-offset-4"
    >
      {children}
    </Link>
  );
}
