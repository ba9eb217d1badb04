"use client";

import { Icon } from "#components/ui/icon";
import { Popover } from "radix-ui";
import { useState } from "react";
import { cn } from "#components/ui/cn";
import { OptionList } from "#components/ui/option-list";
import type { ComboboxOption } from "#components/ui/option";
import { POPOVER_STYLE } from "#components/ui/popover-style";

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
        className="control flex min-h-8 items-center justify-between gap-2 py-1 ps-2.5 pe-2 text-start max-md:min-h-10"
        {...control}
      >
        {chosen.length === 0 ? (
          <span className="text-ink-faint">{placeholder}</span>
        ) : (
          <span className="flex min-w-0 flex-wrap gap-1">
            {chosen.map((option) => (
              <bdi
                key={option.value}
                className="max-w-full truncate rounded border border-line bg-sunken px-1.5 text-xs leading-5"
              >
                {option.label}
              </bdi>
            ))}
          </span>
        )}
        <Icon name="chevrons-up-down" className="size-4 shrink-0 text-ink-faint" />
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
