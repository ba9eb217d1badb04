"use client";

import { Icon } from "#components/ui/icon";
import { useMessages, useTranslations } from "next-intl";
import { Clipped } from "#components/ui/clipped";
import { useJoined } from "#components/ui/use-joined";
import { toFactLines } from "#foundation/audit/fact-lines";
import type { AuditEntry, AuditValue } from "#foundation/audit/model";

type FactListProps = { readonly facts: AuditEntry["facts"] };

/** The facts of an audit entry, with the values before and after side by side. */
export function FactList({ facts }: FactListProps) {
  const t = useTranslations("audit.facts");
  const { facts: names } = useMessages().audit;
  const lines = toFactLines(facts);
  if (lines.length === 0) {
    return <span className="text-ink-faint">–</span>;
  }
  return (
    <dl className="min-w-56 space-y-0.5 py-0.5 text-xs">
      {lines.map((line) => (
        <div key={line.name} className="flex flex-wrap gap-x-1.5 max-md:justify-end">
          <dt className="text-ink-muted">
            {isKeyOf(names, line.name) ? t(line.name) : line.name}:
          </dt>
          <dd className="inline-flex min-w-0 flex-wrap items-center gap-x-1 wrap-anywhere">
            {line.kind === "change" && (
              <>
                <Value value={line.before} />
                <Icon name="arrow-right" className="size-3 shrink-0 text-ink-faint" />
              </>
            )}
            {line.kind === "value" && line.name === "identity" ? (
              // Long, and read only where it is copied from.
              <Clipped text={String(line.value)} className="md:max-w-52" />
            ) : (
              <Value value={line.kind === "change" ? line.after : line.value} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A fact of an older or newer release may have no translated name. */
function isKeyOf<Names extends object>(names: Names, name: PropertyKey): name is keyof Names {
  return Object.hasOwn(names, name);
}

function Value({ value }: { readonly value: AuditValue }) {
  const t = useTranslations("audit");
  const joined = useJoined();
  if (value === null || value === "") {
    return <span className="text-ink-muted">{t("none")}</span>;
  }
  if (typeof value === "boolean") {
    return t(value ? "yes" : "no");
  }
  // In its own direction: an address such as ::1 would end in its colons in Arabic.
  return <bdi>{typeof value === "object" ? joined(value) : String(value)}</bdi>;
}
