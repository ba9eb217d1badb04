"use client";

import { useId } from "react";
import type { ReactNode } from "react";

type RadioOption<Value extends string> = {
  readonly value: Value;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly isDisabled?: boolean;
};

type RadioGroupProps<Value extends string> = {
  readonly legend: string;
  readonly name?: string;
  readonly value: Value;
  readonly options: readonly RadioOption<Value>[];
  readonly onChange: (value: Value) => void;
};

/** A choice of a few options that are all visible. For more than five options use a Select. */
export function RadioGroup<Value extends string>({
  legend,
  name,
  value,
  options,
  onChange,
}: RadioGroupProps<Value>) {
  const id = useId();
  return (
    <fieldset className="space-y-1.5">
      <legend className="text-[0.8125rem] font-medium text-ink">{legend}</legend>
      <div className="space-y-2">
        {options.map((option) => (
          <div key={option.value} className="flex items-start gap-2.5">
            <input
              type="radio"
              id={`${id}-${option.value}`}
              name={name ?? id}
              value={option.value}
              checked={option.value === value}
              disabled={option.isDisabled}
              onChange={() => onChange(option.value)}
              aria-describedby={
                option.hint === undefined ? undefined : `${id}-${option.value}-hint`
              }
              className="mt-0.5 size-4 shrink-0 cursor-pointer appearance-none rounded-full border border-line-control bg-surface transition-[border-width] checked:border-[5px] checked:border-accent disabled:cursor-not-allowed disabled:opacity-50"
            />
            <div className="min-w-0">
              <label htmlFor={`${id}-${option.value}`} className="cursor-pointer text-sm">
                {option.label}
              </label>
              {option.hint !== undefined && (
                <p id={`${id}-${option.value}-hint`} className="text-xs text-ink-muted">
                  {option.hint}
                </p>
              )}
            </div>
          </div>
        ))}
      </div>
    </fieldset>
  );
}
