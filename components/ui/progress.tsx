"use client";

import { useFormatter } from "next-intl";
import { useId } from "react";
import type { ReactNode } from "react";
import { cn } from "#components/ui/cn";

type ProgressProps = {
  readonly label: string;
  /** Between 0 and 1; null while the total is unknown. */
  readonly ratio: number | null;
  /** Shown at the right instead of the percentage. */
  readonly detail?: ReactNode;
  readonly tone?: "accent" | "good" | "bad";
};

const FILL_BY_TONE = { accent: "bg-accent", good: "bg-good-ink", bad: "bg-bad" } as const;

export function Progress({ label, ratio, detail, tone = "accent" }: ProgressProps) {
  const id = useId();
  const format = useFormatter();
  const percent = ratio === null ? null : Math.min(100, Math.max(0, ratio * 100));
  return (
    <div className="space-y-1">
      <div className="flex items-baseline justify-between gap-3 text-xs">
        <span id={id} className="text-ink-muted">
          {label}
        </span>
        <span className="text-ink-muted tabular-nums">
          {detail ??
            (percent === null
              ? ""
              : format.number(percent / 100, { style: "percent", maximumFractionDigits: 0 }))}
        </span>
      </div>
      <div
        role="progressbar"
        aria-labelledby={id}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent === null ? undefined : Math.round(percent)}
        className="h-1.5 overflow-hidden rounded-full bg-sunken forced-color-adjust-none"
      >
        <div
          className={cn(
            "h-full rounded-full transition-[width] duration-300",
            FILL_BY_TONE[tone],
            percent === null && "w-1/3 animate-pulse",
          )}
          style={percent === null ? undefined : { width: `${percent}%` }}
        />
      </div>
    </div>
  );
}
