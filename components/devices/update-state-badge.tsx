import { CircleCheck, CircleDashed, CircleHelp, CirclePause, Clock } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "#components/ui/badge";
import type { Tone } from "#components/ui/badge";
import type { UpdateState } from "#fleet/devices/model";

const LOOKS = {
  up_to_date: { tone: "good", icon: <CircleCheck aria-hidden /> },
  update_due: { tone: "warn", icon: <Clock aria-hidden /> },
  suspended: { tone: "warn", icon: <CirclePause aria-hidden /> },
  nothing_approved: { tone: "neutral", icon: <CircleDashed aria-hidden /> },
  unknown: { tone: "neutral", icon: <CircleHelp aria-hidden /> },
} as const satisfies Record<UpdateState, { readonly tone: Tone; readonly icon: ReactNode }>;

type UpdateStateBadgeProps = { readonly state: UpdateState };

export function UpdateStateBadge({ state }: UpdateStateBadgeProps) {
  const t = useTranslations("devices.states");
  return <Badge {...LOOKS[state]}>{t(state)}</Badge>;
}
