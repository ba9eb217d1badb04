import { cn } from "#components/ui/cn";
import type { ReactNode } from "react";

const TONES = {
  neutral: "badge-neutral",
  accent: "badge-accent",
  good: "badge-good",
  warn: "badge-warn",
  bad: "badge-bad",
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
