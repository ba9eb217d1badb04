import { useTranslations } from "next-intl";
import { VersionChange } from "#components/rules/version";
import type { RuleEvent } from "#firmware/rules/event";

type EventChangesProps = { readonly event: Pick<RuleEvent, "before" | "after"> };

/** The versions that an event changed. */
export function EventChanges({ event: { before, after } }: EventChangesProps) {
  const t = useTranslations("rule.versions");
  const changed = (["approved", "pending", "restore"] as const).filter(
    (name) => before?.[name]?.version !== after?.[name]?.version,
  );
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5">
      {changed.map((name) => (
        <div key={name} className="contents">
          <dt className="text-ink-muted">{t(name)}</dt>
          <dd>
            <VersionChange
              from={before?.[name]?.version ?? null}
              to={after?.[name]?.version ?? null}
            />
          </dd>
        </div>
      ))}
    </dl>
  );
}
