import { cva } from "class-variance-authority";
import type { VariantProps } from "class-variance-authority";
import type { ReactNode } from "react";

const badgeStyle = cva("badge", {
  variants: {
    tone: {
      neutral: "border-line bg-sunken text-ink-muted",
      accent: "border-accent-line bg-accent-soft text-accent-ink",
      good: "border-good-line bg-good-soft text-good-ink",
      warn: "border-warn-line bg-warn-soft text-warn-ink",
      bad: "border-bad-line bg-bad-soft text-bad-ink",
    },
  },
  defaultVariants: { tone: "neutral" },
});

export type Tone = NonNullable<VariantProps<typeof badgeStyle>["tone"]>;

type BadgeProps = {
  readonly tone?: Tone;
  /** An icon before the word, because colour alone must not convey state. */
  readonly icon?: ReactNode;
  readonly children: ReactNode;
};

export function Badge({ tone, icon, children }: BadgeProps) {
  return (
    <span className={badgeStyle({ tone })}>
      {icon}
      {children}
    </span>
  );
}
