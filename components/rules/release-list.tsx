import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge";
import type { Tone } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { Code } from "#components/ui/code";
import { Instant } from "#components/ui/instant";
import { CatalogNote } from "#components/rules/catalog-note";
import { RejectionBadge, RejectionHistory } from "#components/rules/rejection";
import { ReleaseFiles } from "#components/rules/release-files";
import { SwitchButton } from "#components/rules/switch-button";
import { Comma } from "#components/ui/comma";
import type { Rule } from "#firmware/rules/model";
import type { PastRejection } from "#firmware/rules/rejection";
import type { Release } from "#firmware/rules/release";

const HOLDERS = ["approved", "pending", "restore"] as const;
const TONES = {
  approved: "good",
  pending: "warn",
  restore: "neutral",
} as const satisfies Record<(typeof HOLDERS)[number], Tone>;

type ReleaseListProps = {
  readonly rule: Rule;
  readonly releases: readonly Release[];
  /** The rejections of these versions in all pools, newest first. */
  readonly rejections: readonly PastRejection[];
};

/** All imported versions for the rule's hardware, newest first, with their files, their import, and a button to switch to them. */
export function ReleaseList({ rule, releases, rejections }: ReleaseListProps) {
  const t = useTranslations("rule.releases");
  return (
    <Card title={t("title")} isFlush>
      <ul className="divide-y divide-line">
        {releases.map((release) => {
          const past = rejections.filter(({ version }) => version === release.version);
          const holders = HOLDERS.filter((name) => rule[name]?.releaseId === release.id);
          return (
            <li key={release.id} className="space-y-3 px-4 py-4">
              <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
                <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
                  <h3 className="text-sm font-semibold">
                    <Code>{release.version}</Code>
                  </h3>
                  {holders.map((name) => (
                    <Badge key={name} tone={TONES[name]}>
                      {t(`current.${name}`)}
                    </Badge>
                  ))}
                  {past.some(({ ended }) => ended === null) && <RejectionBadge />}
                </div>
                {!holders.includes("approved") && !holders.includes("pending") && (
                  <SwitchButton rule={rule} version={release.version} />
                )}
              </div>
              <RejectionHistory rejections={past} />
              <ReleaseOrigin release={release} />
              <ReleaseFiles ruleId={rule.id} release={release} />
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

const KNOWN_SOURCES = ["updateInfo", "path", "sidecar", "administrator"] as const;

function ReleaseOrigin({ release }: { readonly release: Release }) {
  const t = useTranslations("rule.releases");
  const source = KNOWN_SOURCES.find((known) => known === release.describedBy);
  return (
    <div className="space-y-1 text-[0.8125rem] text-ink-muted">
      <p className="break-words">
        {t("by", { package: release.packageFileName, name: release.importedBy })}
        <Comma />
        <Instant date={release.importedAt} />
        {" · "}
        {source === undefined
          ? t("describedBy.other", { source: release.describedBy })
          : t(`describedBy.${source}`)}
      </p>
      <CatalogNote verdict={release.catalogVerdict} signer={release.catalogSigner} />
      {release.packageNotes !== "" && (
        <p className="whitespace-pre-line text-ink">
          <span className="text-ink-muted">{t("notes")}: </span>
          {release.packageNotes}
        </p>
      )}
    </div>
  );
}
