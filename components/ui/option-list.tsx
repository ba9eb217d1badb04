"use client";

import { Command } from "cmdk";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "#components/ui/cn";
import { Icon } from "#components/ui/icon";
import type { ComboboxOption } from "#components/ui/option";

type OptionListProps = {
  readonly label: string;
  readonly options: readonly ComboboxOption[];
  readonly selected: readonly string[];
  readonly onToggle: (value: string) => void;
  readonly footer?: ReactNode;
};

/** A list with a search box and multiple selection, for use inside a popover. */
export function OptionList({ label, options, selected, onToggle, footer }: OptionListProps) {
  const t = useTranslations("common");
  return (
    <Command label={label} loop>
      <Command.Input
        placeholder={t("search")}
        className="h-9 w-full border-b border-line bg-transparent px-3 text-[0.8125rem] outline-none placeholder:text-ink-faint max-md:text-base"
      />
      <Command.List aria-multiselectable className="max-h-64 overflow-y-auto p-1">
        <Command.Empty className="px-2 py-6 text-center text-xs text-ink-muted">
          {t("noOptions")}
        </Command.Empty>
        {options.map((option) => {
          const isSelected = selected.includes(option.value);
          return (
            <Command.Item
              key={option.value}
              value={option.value}
              keywords={[option.label, option.hint ?? ""]}
              onSelect={() => onToggle(option.value)}
              className="flex min-h-8 cursor-pointer items-center gap-2 rounded-md px-2 py-1 text-[0.8125rem] data-[selected=true]:bg-hover"
            >
              <span
                aria-hidden
                className={cn(
                  "grid size-4 shrink-0 place-items-center rounded-[5px] border",
                  isSelected ? "border-accent bg-accent text-on-accent" : "border-line-control",
                )}
              >
                {isSelected && <Icon name="check" className="size-3 stroke-[3.5]" />}
              </span>
              <span className="min-w-0 flex-1">
                <bdi className="block truncate">{option.label}</bdi>
                {option.hint !== undefined && (
                  <bdi className="block truncate text-xs text-ink-faint">{option.hint}</bdi>
                )}
              </span>
              {isSelected && <span className="sr-only">{t("selected")}</span>}
            </Command.Item>
          );
        })}
      </Command.List>
      {footer !== undefined && <div className="border-t border-line p-1">{footer}</div>}
    </Command>
  );
}
