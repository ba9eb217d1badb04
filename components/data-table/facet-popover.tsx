"use client";

import { useTranslations } from "next-intl";
import { Popover } from "radix-ui";
import type { ReactNode } from "react";
import { toggleChosen } from "#components/data-table/table-state";
import { Button } from "#components/ui/button";
import { cn } from "#components/ui/cn";
import type { ComboboxOption } from "#components/ui/option";
import { OptionList } from "#components/ui/option-list";
import { POPOVER_STYLE } from "#components/ui/popover-style";

type FacetPopoverProps = {
  /** Exactly one button. */
  readonly trigger: ReactNode;
  readonly label: string;
  readonly options: readonly ComboboxOption[];
  readonly chosen: readonly string[];
  /** Null removes the filter. */
  readonly onChoose: (values: readonly string[] | null) => void;
};

/** The values of a filter. It is loaded to be opened, so it is open at first. */
export function FacetPopover({ trigger, label, options, chosen, onChoose }: FacetPopoverProps) {
  const t = useTranslations("table");
  return (
    <Popover.Root defaultOpen>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          className={cn(POPOVER_STYLE, "w-60 overflow-hidden")}
        >
          <OptionList
            label={label}
            options={options}
            selected={chosen}
            onToggle={(value) => onChoose(toggleChosen(chosen, value))}
            footer={
              chosen.length === 0 ? undefined : (
                <Button variant="ghost" size="sm" className="w-full" onClick={() => onChoose(null)}>
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
