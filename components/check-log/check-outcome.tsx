import {
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CirclePause,
  CircleStop,
  CloudOff,
  Download,
  ShieldX,
  FileWarning,
  FileX2,
  Hourglass,
} from "#components/ui/icons";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "#components/ui/badge";
import type { Tone } from "#components/ui/badge";
import { Code } from "#components/ui/code";
import type { CheckOutcome, OfferedModule } from "#fleet/devices/model";

const LOOKS = {
  offered: { tone: "accent", icon: <Download aria-hidden /> },
  already_installed: { tone: "good", icon: <CircleCheck aria-hidden /> },
  content_unusable: { tone: "bad", icon: <FileX2 aria-hidden /> },
  suspended: { tone: "warn", icon: <CirclePause aria-hidden /> },
  halted: { tone: "warn", icon: <CircleStop aria-hidden /> },
  nothing_to_offer: { tone: "neutral", icon: <CircleDashed aria-hidden /> },
  no_rule: { tone: "neutral", icon: <CircleHelp aria-hidden /> },
  no_pool: { tone: "warn", icon: <CircleHelp aria-hidden /> },
  unauthenticated: { tone: "warn", icon: <ShieldX aria-hidden /> },
  forbidden: { tone: "warn", icon: <ShieldX aria-hidden /> },
  invalid: { tone: "bad", icon: <FileWarning aria-hidden /> },
  throttled: { tone: "warn", icon: <Hourglass aria-hidden /> },
  unavailable: { tone: "bad", icon: <CloudOff aria-hidden /> },
} as const satisfies Record<CheckOutcome, { readonly tone: Tone; readonly icon: ReactNode }>;

type CheckOutcomeBadgeProps = {
  readonly outcome: CheckOutcome;
  readonly offered: readonly OfferedModule[];
};

/** The outcome of a check, and the offered versions if there are any. */
export function CheckOutcomeBadge({ outcome, offered }: CheckOutcomeBadgeProps) {
  const t = useTranslations("checks.outcomes");
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 max-md:justify-end">
      <Badge {...LOOKS[outcome]}>{t(outcome)}</Badge>
      {offered.length > 0 && <Code>{offered.map(({ version }) => version).join(", ")}</Code>}
    </span>
  );
}
