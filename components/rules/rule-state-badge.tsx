import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "#components/ui/badge";
import type { Tone } from "#components/ui/badge";
import type { RuleState } from "#firmware/rules/state";

const LOOKS = {
  pending: { tone: "warn", icon: <Icon name="clock" /> },
  approved: { tone: "good", icon: <Icon name="circle-check" /> },
  approved_and_pending: { tone: "accent", icon: <Icon name="circle-dot" /> },
  withdrawn: { tone: "neutral", icon: <Icon name="circle-dashed" /> },
} as const satisfies Record<RuleState, { readonly tone: Tone; readonly icon: ReactNode }>;

type RuleStateBadgeProps = { readonly state: RuleState };

export function RuleStateBadge({ state }: RuleStateBadgeProps) {
  const t = useTranslations("updates.states");
  return <Badge {...LOOKS[state]}>{t(state)}</Badge>;
}
