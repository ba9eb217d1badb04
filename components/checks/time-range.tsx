"use client";

import { useTranslations } from "next-intl";
import type { TableSearch } from "#components/data-table/use-table-search";
import { Input } from "#components/ui/input";

type TimeRangeProps = { readonly search: TableSearch };

const BOUNDS = ["from", "to"] as const;

/** The first and the last day of a list, as `from` and `to` of its address. */
export function TimeRange({ search }: TimeRangeProps) {
  const t = useTranslations("checks.range");
  return (
    <fieldset className="flex flex-wrap items-center gap-2 text-xs text-ink-muted">
      <legend className="sr-only">{t("legend")}</legend>
      {BOUNDS.map((bound) => (
        <label key={bound} className="flex items-center gap-1.5">
          {t(bound)}
          <Input
            type="date"
            className="w-36"
            value={search.state.filters[bound]?.[0]?.slice(0, 10) ?? ""}
            onChange={({ target }) => search.filterBy(bound, toChosen(target.value))}
          />
        </label>
      ))}
      <span>{t("zone")}</span>
    </fieldset>
  );
}

function toChosen(day: string): readonly string[] | null {
  return day === "" ? null : [day];
}
