import { Icon } from "#components/ui/icon";
import type { IconName } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge";
import type { Tone } from "#components/ui/badge";
import type { Finding, Severity } from "#programs/readiness/finding";

const LOOKS = {
  problem: { tone: "bad", icon: "circle-alert" },
  warning: { tone: "warn", icon: "triangle-alert" },
  note: { tone: "neutral", icon: "info" },
} as const satisfies Record<Severity, { readonly tone: Tone; readonly icon: IconName }>;

type FindingListProps = { readonly findings: readonly Finding[] };

/** The problems with their fixes, the most severe first. */
export function FindingList({ findings }: FindingListProps) {
  const t = useTranslations("readiness");
  if (findings.length === 0) {
    return (
      <p className="flex items-center gap-1.5 text-sm text-good-ink">
        <Icon name="circle-check" className="size-4" />
        {t("allWell")}
      </p>
    );
  }
  return (
    <ul className="divide-y divide-line">
      {findings.map((finding) => (
        <FindingItem key={`${finding.code} ${finding.at}`} finding={finding} />
      ))}
    </ul>
  );
}

function FindingItem({ finding }: { readonly finding: Finding }) {
  const t = useTranslations("readiness");
  const { code, severity, at, detail } = finding;
  const { tone, icon } = LOOKS[severity];
  return (
    <li className="flex flex-col gap-1.5 py-3 text-sm first:pt-0 last:pb-0 sm:flex-row sm:gap-3">
      <span className="shrink-0 sm:w-32">
        <Badge tone={tone} icon={<Icon name={icon} />}>
          {t(`severities.${severity}`)}
        </Badge>
      </span>
      <div className="min-w-0 break-words">
        <p className="font-medium">{t(`findings.${code}.what`, { at, detail })}</p>
        <p className="mt-0.5 text-[0.8125rem] text-ink-muted">{t(`findings.${code}.mend`)}</p>
      </div>
    </li>
  );
}
