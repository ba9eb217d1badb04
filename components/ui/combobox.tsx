"use client";

import { Command } from "cmdk";
import { Check, ChevronsUpDown } from "#components/ui/icons";
import { useTranslations } from "next-intl";
import { Popover } from "radix-ui";
import { useState } from "react";
import type { ReactNode } from "react";
import { cn } from "#components/ui/cn";
import { POPOVER_STYLE } from "#components/ui/dropdown-menu";
import { CONTROL_STYLE } from "#components/ui/input";

export type ComboboxOption = {
  readonly value: string;
  readonly label: string;
  /** A second, muted line. The search includes it. */
  readonly hint?: string;
};

/** An option for a value that is its own label. */
export function toOption(value: string): ComboboxOption {
  return { value, label: value };
}

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
                  "grid size-4 shrink-0 place-items-center rounded-[5px] border border-line-control",
                  isSelected && "border-accent bg-accent text-on-accent",
                )}
              >
                {isSelected && <Check strokeWidth={3.5} className="size-3" />}
              </span>
              <span className="min-w-0 flex-1">
                <span className="block truncate">{option.label}</span>
                {option.hint !== undefined && (
                  <span className="block truncate text-xs text-ink-faint">{option.hint}</span>
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

type ComboboxProps = {
  readonly id?: string;
  readonly label: string;
  readonly placeholder: string;
  readonly options: readonly ComboboxOption[];
  readonly selected: readonly string[];
  readonly onChange: (selected: string[]) => void;
  readonly isDisabled?: boolean;
  readonly "aria-describedby"?: string | undefined;
  readonly "aria-invalid"?: true | undefined;
};

/** A form control to select several of many options. */
export function Combobox({
  label,
  placeholder,
  options,
  selected,
  onChange,
  isDisabled = false,
  ...control
}: ComboboxProps) {
  const [isOpen, setIsOpen] = useState(false);
  const chosen = options.filter((option) => selected.includes(option.value));
  return (
    <Popover.Root open={isOpen} onOpenChange={setIsOpen}>
      <Popover.Trigger
        type="button"
        disabled={isDisabled}
        className={cn(
          CONTROL_STYLE,
          "flex min-h-8 items-center justify-between gap-2 py-1 pr-2 pl-2.5 text-left max-md:min-h-10",
        )}
        {...control}
      >
        {chosen.length === 0 ? (
          <span className="text-ink-faint">{placeholder}</span>
        ) : (
          <span className="flex min-w-0 flex-wrap gap-1">
            {chosen.map((option) => (
              <span
                key={option.value}
                className="max-w-full truncate rounded border border-line bg-sunken px-1.5 text-xs leading-5"
              >
                {option.label}
              </span>
            ))}
          </span>
        )}
        <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-faint" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          className={cn(
            POPOVER_STYLE,
            "w-(--radix-popover-trigger-width) min-w-56 overflow-hidden",
          )}
        >
          <OptionList
            label={label}
            options={options}
            selected={selected}
            onToggle={(value) =>
              onChange(
                selected.includes(value)
                  ? selected.filter((other) => other !== value)
                  : [...selected, value],
              )
            }
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
