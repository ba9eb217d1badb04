import { useTranslations } from "next-intl";
import { Link } from "#components/ui/link";
import type { ReactNode } from "react";
import { toRuleName } from "#components/rules/rule-name";
import { Card } from "#components/ui/card";
import { DefinitionList } from "#components/ui/definition-list";
import { Instant } from "#components/ui/instant";
import type { RollOutSummary } from "#phones/roll-outs/model";

type RollOutFactsProps = { readonly rollOut: RollOutSummary };

export function RollOutFacts({ rollOut }: RollOutFactsProps) {
  const t = useTranslations("rollOuts");
  const { previousId, nextId, endedAt } = rollOut;
  return (
    <Card title={t("facts.title")}>
      <DefinitionList
        isNarrow
        items={[
          { term: t("facts.kind"), value: t(`kinds.${rollOut.kind}`) },
          {
            term: t("facts.rule"),
            value: <PageLink href={`/updates/${rollOut.ruleId}`}>{toRuleName(rollOut)}</PageLink>,
          },
          { term: t("columns.pool"), value: rollOut.poolFqdn },
          { term: t("columns.site"), value: rollOut.siteName },
          { term: t("facts.fromVersion"), value: rollOut.fromVersion },
          { term: t("facts.toVersion"), value: rollOut.toVersion },
          {
            term: t("facts.started"),
            value: (
              <>
                <Instant date={rollOut.startedAt} format="full" />{" "}
                {t("facts.startedBy", { name: rollOut.startedBy })}
              </>
            ),
          },
          { term: t("facts.reason"), value: rollOut.reason },
          {
            term: t("facts.ended"),
            value: endedAt && <Instant date={endedAt} format="full" />,
          },
          {
            term: t("facts.previous"),
            value: previousId && (
              <PageLink href={`/roll-outs/${previousId}`}>{t("facts.previousLink")}</PageLink>
            ),
          },
          {
            term: t("facts.next"),
            value: nextId && (
              <PageLink href={`/roll-outs/${nextId}`}>{t("facts.nextLink")}</PageLink>
            ),
          },
        ]}
      />
    </Card>
  );
}

type PageLinkProps = { readonly href: string; readonly children: ReactNode };

function PageLink({ href, children }: PageLinkProps) {
  return (
    <Link href={href} className="text-link">
      {children}
    </Link>
  );
}
