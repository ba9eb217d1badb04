import { useTranslations } from "next-intl";
import { Code } from "#components/ui/code";
import { CopyButton } from "#components/ui/copy-button";
import { ruleIdentity } from "#firmware/rules/model";
import type { Rule } from "#firmware/rules/model";

type RuleIdentityProps = { readonly rule: Pick<Rule, "id" | "poolFqdn"> };

/** The identity of the rule for scripts, exactly as the original's cmdlets print it. */
export function RuleIdentity({ rule }: RuleIdentityProps) {
  const t = useTranslations("rule.facts");
  const identity = ruleIdentity(rule);
  return (
    <span className="flex items-start gap-1">
      <Code isBreaking>{identity}</Code>
      <span className="-my-1">
        <CopyButton text={identity} what={t("identity")} />
      </span>
    </span>
  );
}
