import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "#components/ui/badge";
import { PROGRESS_LOOKS } from "#components/devices/progress-looks";
import type { Tone } from "#components/ui/badge";
import type { UpdateState } from "#fleet/devices/model";
import type { ProgressState } from "#fleet/devices/progress-state";

const LOOKS = {
  up_to_date: { tone: "good", icon: <Icon name="circle-check" /> },
  update_due: { tone: "warn", icon: <Icon name="clock" /> },
  suspended: { tone: "warn", icon: <Icon name="circle-pause" /> },
  halted: { tone: "warn", icon: <Icon name="circle-stop" /> },
  content_unusable: { tone: "bad", icon: <Icon name="file-x2" /> },
  nothing_approved: { tone: "neutral", icon: <Icon name="circle-dashed" /> },
  unknown: { tone: "neutral", icon: <Icon name="circle-help" /> },
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
