"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { FacetPopover as FacetPopoverComponent } from "#components/data-table/facet-popover";
import type { TableSearch } from "#components/data-table/use-table-search";
import { Button } from "#components/ui/button";
import { LoadingTrigger } from "#components/ui/loading-trigger";
import type { ComboboxOption } from "#components/ui/option";
import { useJoined } from "#components/ui/use-joined";
import { foldCase } from "#foundation/core/fold-case";

/** One filter: the key of the descriptor that it sets, and the values to choose from. */
export type Facet = {
  readonly key: string;
  readonly label: string;
  readonly options: readonly ComboboxOption[];
  /** What two spellings of a value have in common, as the filter compares them; `foldCase` by default. */
  readonly toKey?: (value: string) => string;
};

type FacetPopover = typeof FacetPopoverComponent;

type FacetFilterProps = { readonly facet: Facet; readonly search: TableSearch };

/** Filters ignore case, so the URL may spell a value differently from its option. */
function toOptionValues(
  { options, toKey = foldCase }: Facet,
  values: readonly string[],
): readonly string[] {
  return values.map(
    (value) => options.find((option) => toKey(option.value) === toKey(value))?.value ?? value,
  );
}

/** The button of a filter. What it opens is large. */
export function FacetFilter({ facet, search }: FacetFilterProps) {
  const t = useTranslations("table");
  const joined = useJoined();
  const [Loaded, setLoaded] = useState<FacetPopover | null>(null);
  const chosen = toOptionValues(facet, search.state.filters[facet.key] ?? []);
  const labels = chosen.map(
    (value) => facet.options.find((option) => option.value === value)?.label ?? value,
  );
  const trigger = (
    <Button
      variant={chosen.length > 0 ? "filterChosen" : "filter"}
      aria-label={
        chosen.length === 0
          ? undefined
          : t("filterChosen", { label: facet.label, count: chosen.length })
      }
      className="max-w-64"
    >
      {facet.label}
      {labels.length > 0 && (
        <bdi className="truncate font-medium text-accent-ink">
          {labels.length > 2 ? labels.length : joined(labels)}
        </bdi>
      )}
      <Icon name="chevron-down" className="-me-1 opacity-60" />
    </Button>
  );
  if (Loaded === null) {
    return (
      <LoadingTrigger
        trigger={trigger}
        popup="dialog"
        load={loadPopover}
        onLoad={(popover) => setLoaded(() => popover)}
      />
    );
  }
  return (
    <Loaded
      trigger={trigger}
      label={facet.label}
      options={facet.options}
      chosen={chosen}
      onChoose={(values) => search.filterBy(facet.key, values)}
    />
  );
}

async function loadPopover(): Promise<FacetPopover> {
  return (await import("#components/data-table/facet-popover")).FacetPopover;
}
