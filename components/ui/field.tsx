"use client";

import { Icon } from "#components/ui/icon";
import { useId } from "react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "#components/ui/cn";

type LabelProps = ComponentProps<"label"> & { readonly htmlFor: string };

export function Label({ className, htmlFor, ...props }: LabelProps) {
  return (
    <label
      htmlFor={htmlFor}
      className={cn("block text-[0.8125rem] font-medium text-ink", className)}
      {...props}
    />
  );
}

type FieldControl = {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": true | undefined;
};

type FieldProps = {
  readonly label: string;
  readonly hint?: ReactNode;
  /** The problem with the value; empty or absent if it is valid. */
  readonly error?: string | undefined;
  /** Shown beside the label, for example "optional". */
  readonly aside?: ReactNode;
  readonly className?: string;
  /** Spread the argument on the control, so that label, hint and error are connected to it. */
  readonly children: (control: FieldControl) => ReactNode;
};

/** A labelled control with hint and error, connected for assistive technology. */
export function Field({ label, hint, error, aside, className, children }: FieldProps) {
  const id = useId();
  const hasError = error !== undefined && error !== "";
  const describedBy = cn(hint !== undefined && `${id}-hint`, hasError && `${id}-error`);
  return (
    <div className={cn("space-y-1.5", className)}>
      <div className="flex items-baseline justify-between gap-2">
        <Label htmlFor={id}>{label}</Label>
        {aside !== undefined && <span className="text-xs text-ink-faint">{aside}</span>}
      </div>
      {children({
        id,
        "aria-describedby": describedBy === "" ? undefined : describedBy,
        "aria-invalid": hasError ? true : undefined,
      })}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-xs text-ink-muted">
          {hint}
        </p>
      )}
      {hasError && (
        <p id={`${id}-error`} className="flex items-start gap-1 text-xs text-bad-ink">
          <Icon name="circle-alert" className="mt-px size-3.5 shrink-0" />
          {error}
        </p>
      )}
    </div>
  );
}
