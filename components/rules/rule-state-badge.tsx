import { CircleCheck, CircleDashed, CircleDot, Clock } from "#components/ui/icons";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "#components/ui/badge";
import type { Tone } from "#components/ui/badge";
import type { RuleState } from "#firmware/rules/state";

const LOOKS = {
  pending: { tone: "warn", icon: <Clock aria-hidden /> },
  approved: { tone: "good", icon: <CircleCheck aria-hidden /> },
  approved_and_pending: { tone: "accent", icon: <CircleDot aria-hidden /> },
  withdrawn: { tone: "neutral", icon: <CircleDashed aria-hidden /> },
} as const satisfies Record<RuleState, { readonly tone: Tone; readonly icon: ReactNode }>;

type RuleStateBadgeProps = { readonly state: RuleState };

export function RuleStateBadge({ state }: RuleStateBadgeProps) {
  const t = useTranslations("updates.states");
  return <Badge {...LOOKS[state]}>{t(state)}</Badge>;
}
