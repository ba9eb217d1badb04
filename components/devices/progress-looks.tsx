import type { ReactNode } from "react";
import type { Tone } from "#components/ui/badge";
import {
  CircleCheck,
  CircleX,
  Download,
  GitCompareArrows,
  HardDriveDownload,
  Send,
  Unplug,
} from "#components/ui/icons";
import type { ProgressState } from "#fleet/devices/progress-state";

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
