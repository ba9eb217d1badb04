import {
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CirclePause,
  CircleStop,
  Clock,
  FileX2,
} from "#components/ui/icons";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "#components/ui/badge";
import { PROGRESS_LOOKS } from "#components/devices/progress-looks";
import type { Tone } from "#components/ui/badge";
import type { UpdateState } from "#fleet/devices/model";
import type { ProgressState } from "#fleet/devices/progress-state";

const LOOKS = {
  up_to_date: { tone: "good", icon: <CircleCheck aria-hidden /> },
  update_due: { tone: "warn", icon: <Clock aria-hidden /> },
  suspended: { tone: "warn", icon: <CirclePause aria-hidden /> },
  halted: { tone: "warn", icon: <CircleStop aria-hidden /> },
  content_unusable: { tone: "bad", icon: <FileX2 aria-hidden /> },
  nothing_approved: { tone: "neutral", icon: <CircleDashed aria-hidden /> },
  unknown: { tone: "neutral", icon: <CircleHelp aria-hidden /> },
} as const satisfies Record<UpdateState, { readonly tone: Tone; readonly icon: ReactNode }>;

type UpdateStateBadgeProps = { readonly state: UpdateState };

export function UpdateStateBadge({ state }: UpdateStateBadgeProps) {
  const t = useTranslations("devices.list.states");
  return <Badge {...LOOKS[state]}>{t(state)}</Badge>;
}

type ProgressBadgeProps = { readonly state: ProgressState };

/** The progress of a phone with an update. */
export function ProgressBadge({ state }: ProgressBadgeProps) {
  const t = useTranslations("devices.list.progress");
  return <Badge {...PROGRESS_LOOKS[state]}>{t(state)}</Badge>;
}
