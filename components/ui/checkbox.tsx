"use client";

import { Check, Minus } from "#components/ui/icons";
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
        className={cn(
          "peer size-4 appearance-none rounded-[5px] border border-line-control bg-surface transition-colors",
          "checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent",
          "not-disabled:cursor-pointer disabled:opacity-50",
          // Touch needs a larger target than the visible 16 pixels.
          "after:absolute after:-inset-2",
        )}
        {...props}
      />
      <Check
        aria-hidden
        className="pointer-events-none absolute inset-0.5 hidden size-3 stroke-[3.5] text-on-accent peer-checked:block peer-indeterminate:hidden"
      />
      <Minus
        aria-hidden
        className="pointer-events-none absolute inset-0.5 hidden size-3 stroke-[3.5] text-on-accent peer-indeterminate:block"
      />
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
      <div className="min-w-0">
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
