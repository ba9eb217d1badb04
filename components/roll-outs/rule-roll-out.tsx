import { useTranslations } from "next-intl";
import { RollOutStatusBadge } from "#components/roll-outs/roll-out-badges";
import { RunningLine } from "#components/roll-outs/roll-out-numbers";
import { ShareBar } from "#components/roll-outs/share-bar";
import { ButtonLink } from "#components/ui/button-link";
import { Card } from "#components/ui/card";
import type { RollOutSummary } from "#phones/roll-outs/model";

type RuleRollOutProps = { readonly rollOut: RollOutSummary };

/** The newest roll-out of a rule, on the page of the rule. */
export function RuleRollOut({ rollOut }: RuleRollOutProps) {
  const t = useTranslations("rollOuts");
  const { counts, target, toVersion } = rollOut;
  return (
    <Card
      title={t("ofRule", { version: toVersion ?? t("nothing") })}
      actions={<ButtonLink href={`/roll-outs/${rollOut.id}`}>{t("open")}</ButtonLink>}
    >
      <div className="space-y-2">
        <RollOutStatusBadge status={rollOut.status} />
        {counts !== null && target !== null && target > 0 && (
          <>
            <RunningLine rollOut={rollOut} />
            <ShareBar counts={counts} target={target} />
          </>
        )}
      </div>
    </Card>
  );
}
