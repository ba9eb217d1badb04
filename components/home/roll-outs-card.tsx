import { useTranslations } from "next-intl";
import { Link } from "#components/ui/link";
import { RollOutStatusBadge } from "#components/roll-outs/roll-out-badges";
import { ShareText } from "#components/roll-outs/share-text";
import { LinkedName } from "#components/home/linked-name";
import { toRuleName } from "#components/rules/rule-name";
import { Version } from "#components/rules/version";
import { Card } from "#components/ui/card";
import { Instant } from "#components/ui/instant";
import type { RollOutSummary } from "#phones/roll-outs/model";

type RollOutsCardProps = {
  readonly rollOuts: readonly RollOutSummary[];
  /** All that are under way or halted; the card shows some of them. */
  readonly total: number;
};

/** The roll-outs that are not over, with their finish as it looks now. */
export function RollOutsCard({ rollOuts, total }: RollOutsCardProps) {
  const t = useTranslations("home.rollOuts");
  return (
    <Card title={t("title")} isFlush>
      {total === 0 ? (
        <p className="px-4 py-6 text-[0.8125rem] text-ink-muted">{t("nothing")}</p>
      ) : (
        <div className="px-4 py-3">
          <Link
            href="/roll-outs?state=under_way,halted"
            className="text-link text-[0.8125rem] font-medium"
          >
            {t("all", { count: total })}
          </Link>
          <ul className="mt-2 grid gap-x-8 gap-y-2.5 xl:grid-cols-2">
            {rollOuts.map((rollOut) => (
              <RollOutRow key={rollOut.id} rollOut={rollOut} />
            ))}
          </ul>
        </div>
      )}
    </Card>
  );
}

function RollOutRow({ rollOut }: { readonly rollOut: RollOutSummary }) {
  const t = useTranslations("home.rollOuts");
  const { counts, target, expectedFinish, status } = rollOut;
  return (
    <li className="min-w-0 space-y-0.5">
      <LinkedName
        href={`/roll-outs/${rollOut.id}`}
        name={toRuleName(rollOut)}
        detail={rollOut.poolFqdn}
      />
      <p className="card-detail">
        <Version version={rollOut.toVersion} />
        <RollOutStatusBadge status={status} />
        {counts !== null && target !== null && target > 0 && (
          <ShareText phones={counts.running} target={target} />
        )}
        {expectedFinish !== null && (
          <span>
            {t("finish")} <Instant date={expectedFinish} />
          </span>
        )}
      </p>
    </li>
  );
}
