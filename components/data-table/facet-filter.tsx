"use client";

import { ChevronDown } from "#components/ui/icons";
import { useTranslations } from "next-intl";
import { Popover } from "radix-ui";
import { toggleChosen } from "#components/data-table/table-state";
import type { TableSearch } from "#components/data-table/use-table-search";
import { Button } from "#components/ui/button";
import { cn } from "#components/ui/cn";
import { OptionList } from "#components/ui/combobox";
import type { ComboboxOption } from "#components/ui/combobox";
import { POPOVER_STYLE } from "#components/ui/dropdown-menu";
import { foldCase } from "#foundation/core/fold-case";

/** One filter: the key of the descriptor that it sets, and the values to choose from. */
export type Facet = {
  readonly key: string;
  readonly label: string;
  readonly options: readonly ComboboxOption[];
};

type FacetFilterProps = { readonly facet: Facet; readonly search: TableSearch };

/** Filters ignore case, so the URL may spell a value differently from its option. */
function toOptionValues(options: Facet["options"], values: readonly string[]): readonly string[] {
  return values.map(
    (value) => options.find((option) => foldCase(option.value) === foldCase(value))?.value ?? value,
  );
}

export function FacetFilter({ facet, search }: FacetFilterProps) {
  const t = useTranslations("table");
  const chosen = toOptionValues(facet.options, search.state.filters[facet.key] ?? []);
  const labels = chosen.map(
    (value) => facet.options.find((option) => option.value === value)?.label ?? value,
  );
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <Button
          variant="secondary"
          aria-label={
            chosen.length === 0
              ? undefined
              : t("filterChosen", { label: facet.label, count: chosen.length })
          }
          className={cn(
            "max-w-64 font-normal text-ink-muted",
            chosen.length > 0 && "border-accent-line bg-accent-soft text-ink",
          )}
        >
          {facet.label}
          {labels.length > 0 && (
            <span className="truncate font-medium text-accent-ink">
              {labels.length > 2 ? labels.length : labels.join(", ")}
            </span>
          )}
          <ChevronDown aria-hidden className="-mr-1 opacity-60" />
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={facet.label}
          className={cn(POPOVER_STYLE, "w-60 overflow-hidden")}
        >
          <OptionList
            label={facet.label}
            options={facet.options}
            selected={chosen}
            onToggle={(value) => search.filterBy(facet.key, toggleChosen(chosen, value))}
            footer={
              chosen.length === 0 ? undefined : (
                <Button
                  variant="ghost"
                  size="sm"
                  className="w-full"
                  onClick={() => search.filterBy(facet.key, null)}
                >
                  {t("clearFilter")}
                </Button>
              )
            }
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
