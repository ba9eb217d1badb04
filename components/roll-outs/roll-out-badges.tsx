import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PROGRESS_LOOKS } from "#components/devices/progress-looks";
import { Badge } from "#components/ui/badge";
import type { Tone } from "#components/ui/badge";
import {
  CircleCheck,
  CircleDashed,
  CircleMinus,
  CirclePause,
  CirclePlay,
  CircleSlash,
  CircleStop,
  Clock,
} from "#components/ui/icons";
import type { RollOutState } from "#fleet/devices/roll-out-state";
import type { RollOutStatus } from "#phones/roll-outs/model";

type Look = { readonly tone: Tone; readonly icon: ReactNode };

const STATUS_LOOKS = {
  under_way: { tone: "accent", icon: <CirclePlay aria-hidden /> },
  halted: { tone: "bad", icon: <CircleStop aria-hidden /> },
  complete: { tone: "good", icon: <CircleCheck aria-hidden /> },
  standstill: { tone: "warn", icon: <CirclePause aria-hidden /> },
  superseded: { tone: "neutral", icon: <CircleSlash aria-hidden /> },
  nothing_to_move: { tone: "neutral", icon: <CircleDashed aria-hidden /> },
} as const satisfies Record<RollOutStatus, Look>;

type RollOutStatusBadgeProps = { readonly status: RollOutStatus };

export function RollOutStatusBadge({ status }: RollOutStatusBadgeProps) {
  const t = useTranslations("rollOuts.statuses");
  return <Badge {...STATUS_LOOKS[status]}>{t(status)}</Badge>;
}

const STATE_LOOKS = {
  ...PROGRESS_LOOKS,
  waiting: { tone: "neutral", icon: <Clock aria-hidden /> },
  silent: { tone: "neutral", icon: <CirclePause aria-hidden /> },
  left: { tone: "neutral", icon: <CircleMinus aria-hidden /> },
} as const satisfies Record<RollOutState, Look>;

type RollOutStateBadgeProps = { readonly state: RollOutState };

export function RollOutStateBadge({ state }: RollOutStateBadgeProps) {
  const t = useTranslations("rollOuts.states");
  return <Badge {...STATE_LOOKS[state]}>{t(state)}</Badge>;
}
