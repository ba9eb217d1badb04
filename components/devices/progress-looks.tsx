import type { ReactNode } from "react";
import type { Tone } from "#components/ui/badge";
import { Icon } from "#components/ui/icon";
import type { ProgressState } from "#fleet/devices/progress-state";

/** The tone and icon of each progress state, for all places that show it. */
export const PROGRESS_LOOKS = {
  offered: { tone: "accent", icon: <Icon name="send" /> },
  downloading: { tone: "accent", icon: <Icon name="download" /> },
  downloaded: { tone: "accent", icon: <Icon name="hard-drive-download" /> },
  running: { tone: "good", icon: <Icon name="circle-check" /> },
  other_version: { tone: "warn", icon: <Icon name="git-compare-arrows" /> },
  fell_back: { tone: "bad", icon: <Icon name="circle-x" /> },
  never_came_back: { tone: "bad", icon: <Icon name="unplug" /> },
} as const satisfies Record<ProgressState, { readonly tone: Tone; readonly icon: ReactNode }>;
