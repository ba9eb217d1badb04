import { cn } from "#components/ui/cn";
import type { ReactNode } from "react";

const TONES = {
  neutral: "border-line bg-sunken text-ink-muted",
  accent: "border-accent-line bg-accent-soft text-accent-ink",
  good: "border-good-line bg-good-soft text-good-ink",
  warn: "border-warn-line bg-warn-soft text-warn-ink",
  bad: "border-bad-line bg-bad-soft text-bad-ink",
} as const;

export type Tone = keyof typeof TONES;

type BadgeProps = {
  readonly tone?: Tone;
  /** An icon before the word, because colour alone must not convey state. */
  readonly icon?: ReactNode;
  readonly children: ReactNode;
};

export function Badge({ tone = "neutral", icon, children }: BadgeProps) {
  return (
    <span className={cn("badge", TONES[tone])}>
      {icon}
      {children}
    </span>
  );
}
