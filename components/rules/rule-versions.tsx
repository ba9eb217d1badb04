import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card";
import { DowngradeBadge, HeldVersion } from "#components/rules/version";
import { isDowngrade } from "#foundation/core/version";
import type { RuleReleases } from "#firmware/rules/model";

type RuleVersionsProps = { readonly releases: RuleReleases };

/** The three versions of a rule, and the phones that are offered each. */
export function RuleVersions({ releases }: RuleVersionsProps) {
  const t = useTranslations("rule.versions");
  const { approved, pending } = releases;
  const isStepBack = isDowngrade(approved?.version ?? null, pending?.version ?? null);
  return (
    <Card title={t("title")} isFlush>
      <dl className="grid divide-line max-sm:divide-y sm:grid-cols-3 sm:divide-x">
        {(["approved", "pending", "restore"] as const).map((name) => (
          <div key={name} className="min-w-0 px-4 py-3">
            <dt className="text-xs text-ink-muted">{t(name)}</dt>
            <dd className="mt-1 flex min-h-6 flex-wrap items-center gap-2 font-medium">
              <HeldVersion release={releases[name]} />
              {name === "pending" && isStepBack && <DowngradeBadge />}
            </dd>
            <dd className="mt-0.5 text-xs text-ink-muted">{t(`${name}Hint`)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
