import { useTranslations } from "next-intl";
import { TimelineEntry } from "#components/devices/timeline-entry";
import { ButtonLink } from "#components/ui/button-link";
import { Card } from "#components/ui/card";
import type { TimelinePage } from "#phones/timeline/model";

type TimelineProps = {
  readonly page: TimelinePage;
  /** The path of the page with the newest entries. */
  readonly path: string;
  readonly isFirstPage: boolean;
};

/** What is recorded about a phone, newest first, one page at a time. */
export function Timeline({ page: { entries, nextBefore }, path, isFirstPage }: TimelineProps) {
  const t = useTranslations("device.timeline");
  return (
    <Card title={t("title")} isFlush>
      {entries.length === 0 ? (
        <p className="p-4 text-[0.8125rem] text-ink-muted">{t("empty")}</p>
      ) : (
        <ol aria-label={t("caption")} className="divide-y divide-line">
          {entries.map((entry) => (
            <TimelineEntry key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      {(nextBefore !== null || !isFirstPage) && (
        <nav
          aria-label={t("pages")}
          className="flex flex-wrap justify-between gap-2 border-t border-line px-4 py-3"
        >
          {isFirstPage ? (
            <span />
          ) : (
            <ButtonLink href={path} size="sm">
              {t("newest")}
            </ButtonLink>
          )}
          {nextBefore !== null && (
            <ButtonLink href={`${path}?before=${nextBefore.toISOString()}`} size="sm">
              {t("older")}
            </ButtonLink>
          )}
        </nav>
      )}
    </Card>
  );
}
