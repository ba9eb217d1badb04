import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card";
import { DefinitionList } from "#components/ui/definition-list";
import { Instant } from "#components/ui/instant";
import type { Rule } from "#firmware/rules/model";

type RuleFactsProps = { readonly rule: Rule };

export function RuleFacts({ rule }: RuleFactsProps) {
  const t = useTranslations("rule.facts");
  const { hardware } = rule;
  return (
    <Card title={t("title")}>
      <DefinitionList
        isNarrow
        items={[
          { term: t("pool"), value: rule.poolFqdn },
          { term: t("deviceType"), value: hardware.deviceType },
          { term: t("brand"), value: hardware.brand },
          { term: t("model"), value: hardware.model },
          { term: t("revision"), value: hardware.revision },
          { term: t("locale"), value: hardware.locale },
          { term: t("updateType"), value: rule.updateType },
          {
            term: t("imported"),
            value: (
              <>
                <Instant date={rule.importedAt} format="full" />{" "}
                {t("importedValue", { name: rule.importedBy })}
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}
