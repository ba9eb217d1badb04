"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge";
import type { ImportState } from "#firmware/imports/model";

const LOOKS = {
  queued: { tone: "neutral", icon: <Icon name="clock" /> },
  unpacking: { tone: "accent", icon: <Icon name="loader-circle" className="animate-spin" /> },
  applying: { tone: "accent", icon: <Icon name="loader-circle" className="animate-spin" /> },
  needs_details: { tone: "warn", icon: <Icon name="circle-help" /> },
  needs_confirmation: { tone: "warn", icon: <Icon name="shield-alert" /> },
  succeeded: { tone: "good", icon: <Icon name="circle-check" /> },
  failed: { tone: "bad", icon: <Icon name="circle-x" /> },
  cancelled: { tone: "neutral", icon: <Icon name="ban" /> },
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
