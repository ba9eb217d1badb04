import { Icon } from "#components/ui/icon";
import type { ReactNode } from "react";
import { cn } from "#components/ui/cn";

const TONES = {
  info: { icon: "info", style: "border-accent-line bg-accent-soft", mark: "text-accent-ink" },
  good: { icon: "circle-check", style: "border-good-line bg-good-soft", mark: "text-good-ink" },
  warn: { icon: "triangle-alert", style: "border-warn-line bg-warn-soft", mark: "text-warn-ink" },
  bad: { icon: "circle-alert", style: "border-bad-line bg-bad-soft", mark: "text-bad-ink" },
} as const;

type CalloutProps = {
  readonly tone?: keyof typeof TONES;
  readonly title?: ReactNode;
  /** `alert` interrupts a screen reader, for an error that has just occurred. `status` does not interrupt. */
  readonly role?: "alert" | "status" | "note";
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
};

export function Callout({ tone = "info", title, role = "note", actions, children }: CalloutProps) {
  const { icon, style, mark } = TONES[tone];
  return (
    <div role={role} className={cn("flex gap-2.5 rounded-md border px-3 py-2.5 text-sm", style)}>
      <Icon name={icon} className={cn("mt-0.5 size-4 shrink-0", mark)} />
      <div className="min-w-0 flex-1 space-y-1">
        {title !== undefined && <p className="font-medium">{title}</p>}
        {children !== undefined && (
          <div className="text-[0.8125rem] break-words text-ink">{children}</div>
        )}
      </div>
      {actions !== undefined && <div className="flex shrink-0 items-start gap-2">{actions}</div>}
    </div>
  );
}
