"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import type { Bound, ShownBound } from "#components/check-log/time-bounds";
import { BOUNDS, toBoundText, toShownBound } from "#components/check-log/time-bounds";
import type { TableSearch } from "#components/data-table/use-table-search";
import { Input } from "#components/ui/input";

type TimeRangeProps = { readonly search: TableSearch };

const NOTHING: ShownBound = { day: "", time: "" };

/** The time range filter (`from` and `to` in the URL), in the browser's time zone like the times in the list. */
export function TimeRange({ search }: TimeRangeProps) {
  const t = useTranslations("checks.range");
  // The server does not know the browser's time zone, so it renders no bounds.
  const knowsClock = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return (
    <fieldset className="flex items-center gap-x-3 gap-y-2 text-[0.8125rem] text-ink-muted max-md:shrink-0 md:flex-wrap">
      <legend className="sr-only">{t("legend")}</legend>
      {BOUNDS.map((bound) => (
        <BoundFields
          key={bound}
          bound={bound}
          shown={knowsClock ? toShownBound(bound, search.state.filters[bound]?.[0] ?? "") : NOTHING}
          onChange={(shown) => {
            const text = toBoundText(bound, shown);
            search.filterBy(bound, text === null ? null : [text]);
          }}
        />
      ))}
    </fieldset>
  );
}

type BoundFieldsProps = {
  readonly bound: Bound;
  readonly shown: ShownBound;
  readonly onChange: (shown: ShownBound) => void;
};

function BoundFields({ bound, shown, onChange }: BoundFieldsProps) {
  const t = useTranslations("checks.range");
  return (
    <span className="flex items-center gap-1.5">
      <span aria-hidden>{t(bound)}</span>
      <Input
        type="date"
        aria-label={t(`day.${bound}`)}
        className="w-36"
        value={shown.day}
        onChange={({ target }) => onChange({ ...shown, day: target.value })}
      />
      {shown.day !== "" && (
        <Input
          type="time"
          aria-label={t(`time.${bound}`)}
          className="w-28"
          value={shown.time}
          onChange={({ target }) => onChange({ ...shown, time: target.value })}
        />
      )}
    </span>
  );
}

function never(): () => void {
  return () => undefined;
}
