import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge";
import { ButtonLink } from "#components/ui/button-link";
import { Card } from "#components/ui/card";
import { Code } from "#components/ui/code";
import { CopyButton } from "#components/ui/copy-button";
import { Icon } from "#components/ui/icon";
import type { FirstSteps as Steps } from "#phones/statistics/first-steps";

const STEPS = [
  { name: "import", href: "/updates/imports" },
  { name: "ask", href: "/readiness" },
  { name: "test", href: "/test-devices" },
] as const;

type FirstStepsProps = { readonly steps: Steps };

/** What a new installation needs before the first update. Not shown once an update is approved. */
export function FirstSteps({ steps: { done, poolUrl } }: FirstStepsProps) {
  const t = useTranslations("home.steps");
  return (
    <Card title={t("title")} description={t("description")}>
      <ol className="grid gap-6 md:grid-cols-3">
        {STEPS.map(({ name, href }, index) => (
          <li key={name} className="flex min-w-0 flex-col items-start gap-1.5">
            <h3 className="flex flex-wrap items-center gap-2 text-sm font-medium">
              <span className="grid size-5 shrink-0 place-items-center rounded-full bg-accent-soft text-xs text-accent-ink tabular-nums">
                {index + 1}
              </span>
              {t(`${name}.title`)}
              {done[name] && (
                <Badge tone="good" icon={<Icon name="circle-check" />}>
                  {t("done")}
                </Badge>
              )}
            </h3>
            <p className="text-[0.8125rem] text-ink-muted">{t(`${name}.description`)}</p>
            {name === "ask" && poolUrl !== null && (
              <span className="flex max-w-full items-start gap-1">
                <Code isBreaking>{poolUrl}</Code>
                <span className="-my-1">
                  <CopyButton text={poolUrl} what={poolUrl} />
                </span>
              </span>
            )}
            {!done[name] && (
              <ButtonLink href={href} size="sm" className="mt-1">
                {t(`${name}.action`)}
              </ButtonLink>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}
