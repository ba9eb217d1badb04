"use client";

import { Icon } from "#components/ui/icon";
import type { ComponentProps, ReactNode } from "react";
import { useId } from "react";
import { cn } from "#components/ui/cn";

type CheckboxProps = Omit<ComponentProps<"input">, "type" | "ref"> & {
  /** Some of the items it represents are selected, but not all. */
  readonly isMixed?: boolean;
};

/** A native checkbox with custom styles. It needs a name from a label or `aria-label`. */
export function Checkbox({ isMixed = false, className, ...props }: CheckboxProps) {
  return (
    <span className={cn("checkbox", className)}>
      <input
        type="checkbox"
        ref={(input) => {
          // `indeterminate` is only a DOM property; React cannot set it as an attribute.
          if (input) {
            input.indeterminate = isMixed;
          }
        }}
        className="checkbox-input peer"
        {...props}
      />
      <Icon name="check" className="checkbox-mark peer-checked:block peer-indeterminate:hidden" />
      <Icon name="minus" className="checkbox-mark peer-indeterminate:block" />
    </span>
  );
}

type CheckboxFieldProps = CheckboxProps & {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
};

export function CheckboxField({ label, hint, ...props }: CheckboxFieldProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-2.5">
      <Checkbox
        id={id}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        className="mt-0.5"
        {...props}
      />
      <div className="min-w-0 wrap-anywhere">
        <label htmlFor={id} className="cursor-pointer text-sm text-ink">
          {label}
        </label>
        {hint !== undefined && (
          <p id={`${id}-hint`} className="text-xs text-ink-muted">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
