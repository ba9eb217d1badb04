import {
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CirclePause,
  Clock,
  CircleX,
  Download,
  FileX2,
  GitCompareArrows,
  HardDriveDownload,
  Send,
  Unplug,
} from "#components/ui/icons";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "#components/ui/badge";
import type { Tone } from "#components/ui/badge";
import type { UpdateState } from "#fleet/devices/model";
import type { ProgressState } from "#fleet/devices/progress-state";

const LOOKS = {
  up_to_date: { tone: "good", icon: <CircleCheck aria-hidden /> },
  update_due: { tone: "warn", icon: <Clock aria-hidden /> },
  suspended: { tone: "warn", icon: <CirclePause aria-hidden /> },
  content_unusable: { tone: "bad", icon: <FileX2 aria-hidden /> },
  nothing_approved: { tone: "neutral", icon: <CircleDashed aria-hidden /> },
  unknown: { tone: "neutral", icon: <CircleHelp aria-hidden /> },
} as const satisfies Record<UpdateState, { readonly tone: Tone; readonly icon: ReactNode }>;

type UpdateStateBadgeProps = { readonly state: UpdateState };

export function UpdateStateBadge({ state }: UpdateStateBadgeProps) {
  const t = useTranslations("devices.states");
  return <Badge {...LOOKS[state]}>{t(state)}</Badge>;
}

/** The tone and icon of each progress state, for all places that show it. */
export const PROGRESS_LOOKS = {
  offered: { tone: "accent", icon: <Send aria-hidden /> },
  downloading: { tone: "accent", icon: <Download aria-hidden /> },
  downloaded: { tone: "accent", icon: <HardDriveDownload aria-hidden /> },
  running: { tone: "good", icon: <CircleCheck aria-hidden /> },
  other_version: { tone: "warn", icon: <GitCompareArrows aria-hidden /> },
  fell_back: { tone: "bad", icon: <CircleX aria-hidden /> },
  never_came_back: { tone: "bad", icon: <Unplug aria-hidden /> },
} as const satisfies Record<ProgressState, { readonly tone: Tone; readonly icon: ReactNode }>;

type ProgressBadgeProps = { readonly state: ProgressState };

/** The progress of a phone with an update. */
export function ProgressBadge({ state }: ProgressBadgeProps) {
  const t = useTranslations("devices.progress");
  return <Badge {...PROGRESS_LOOKS[state]}>{t(state)}</Badge>;
}
