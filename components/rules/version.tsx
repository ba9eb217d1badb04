import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge";
import { Code } from "#components/ui/code";
import { ContentProblemBadge } from "#components/rules/content-problem";
import { RejectionBadge } from "#components/rules/rejection";
import type { ReleaseRef } from "#firmware/rules/model";

type VersionProps = { readonly version: string | null };

/** A version, or a dash for none. */
export function Version({ version }: VersionProps) {
  return version === null ? <span className="text-ink-faint">–</span> : <Code>{version}</Code>;
}

type HeldVersionProps = { readonly release: ReleaseRef | null };

/** A version of a rule, with a badge if phones cannot download it, and one if it was rejected before. */
export function HeldVersion({ release }: HeldVersionProps) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <Version version={release?.version ?? null} />
      {release?.problem !== undefined && <ContentProblemBadge problem={release.problem} />}
      {release?.rejection !== undefined && <RejectionBadge />}
    </span>
  );
}

/** Marks a change to an older version. */
export function DowngradeBadge() {
  const t = useTranslations("updates");
  return (
    <Badge tone="warn" icon={<Icon name="trending-down" />}>
      {t("downgrade")}
    </Badge>
  );
}

type VersionChangeProps = { readonly from: string | null; readonly to: string | null };

/** "4.0.7577.4100 → 4.0.7577.4387", with the arrow as a word for screen readers. */
export function VersionChange({ from, to }: VersionChangeProps) {
  const t = useTranslations("updates");
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5">
      {from === null ? <span className="text-ink-muted">{t("none")}</span> : <Code>{from}</Code>}
      {/* A line breaks before the arrow and not after it. */}
      <span className="inline-flex items-center gap-x-1.5">
        <Icon name="arrow-right" className="size-3.5 shrink-0 text-ink-faint" />
        <span className="sr-only">{t("to")}</span>
        {to === null ? <span className="text-ink-muted">{t("none")}</span> : <Code>{to}</Code>}
      </span>
    </span>
  );
}
