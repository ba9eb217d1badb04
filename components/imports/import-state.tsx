"use client";

import {
  Ban,
  CircleCheck,
  CircleHelp,
  CircleX,
  Clock,
  LoaderCircle,
  ShieldAlert,
} from "#components/ui/icons";
import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge";
import type { ImportState } from "#firmware/imports/model";

const LOOKS = {
  queued: { tone: "neutral", icon: <Clock aria-hidden /> },
  unpacking: { tone: "accent", icon: <LoaderCircle aria-hidden className="animate-spin" /> },
  applying: { tone: "accent", icon: <LoaderCircle aria-hidden className="animate-spin" /> },
  needs_details: { tone: "warn", icon: <CircleHelp aria-hidden /> },
  needs_confirmation: { tone: "warn", icon: <ShieldAlert aria-hidden /> },
  succeeded: { tone: "good", icon: <CircleCheck aria-hidden /> },
  failed: { tone: "bad", icon: <CircleX aria-hidden /> },
  cancelled: { tone: "neutral", icon: <Ban aria-hidden /> },
} as const satisfies Record<ImportState, unknown>;

type ImportStateBadgeProps = { readonly state: ImportState };

export function ImportStateBadge({ state }: ImportStateBadgeProps) {
  const t = useTranslations("imports.states");
  const { tone, icon } = LOOKS[state];
  return (
    <Badge tone={tone} icon={icon}>
      {t(state)}
    </Badge>
  );
}
