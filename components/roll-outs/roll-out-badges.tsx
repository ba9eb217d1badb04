import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PROGRESS_LOOKS } from "#components/devices/progress-looks";
import { Badge } from "#components/ui/badge";
import type { Tone } from "#components/ui/badge";
import { Icon } from "#components/ui/icon";
import type { RollOutState } from "#fleet/devices/roll-out-state";
import type { RollOutStatus } from "#phones/roll-outs/model";

type Look = { readonly tone: Tone; readonly icon: ReactNode };

const STATUS_LOOKS = {
  under_way: { tone: "accent", icon: <Icon name="circle-play" /> },
  halted: { tone: "bad", icon: <Icon name="circle-stop" /> },
  complete: { tone: "good", icon: <Icon name="circle-check" /> },
  standstill: { tone: "warn", icon: <Icon name="circle-pause" /> },
  superseded: { tone: "neutral", icon: <Icon name="circle-slash" /> },
  nothing_to_move: { tone: "neutral", icon: <Icon name="circle-dashed" /> },
} as const satisfies Record<RollOutStatus, Look>;

type RollOutStatusBadgeProps = { readonly status: RollOutStatus };

export function RollOutStatusBadge({ status }: RollOutStatusBadgeProps) {
  const t = useTranslations("rollOuts.statuses");
  return <Badge {...STATUS_LOOKS[status]}>{t(status)}</Badge>;
}

const STATE_LOOKS = {
  ...PROGRESS_LOOKS,
  waiting: { tone: "neutral", icon: <Icon name="clock" /> },
  silent: { tone: "neutral", icon: <Icon name="circle-pause" /> },
  left: { tone: "neutral", icon: <Icon name="circle-minus" /> },
} as const satisfies Record<RollOutState, Look>;

type RollOutStateBadgeProps = { readonly state: RollOutState };

export function RollOutStateBadge({ state }: RollOutStateBadgeProps) {
  const t = useTranslations("rollOuts.states");
  return <Badge {...STATE_LOOKS[state]}>{t(state)}</Badge>;
}
