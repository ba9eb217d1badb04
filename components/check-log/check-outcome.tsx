import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "#components/ui/badge";
import type { Tone } from "#components/ui/badge";
import { Code } from "#components/ui/code";
import type { CheckOutcome, OfferedModule } from "#fleet/devices/model";

const LOOKS = {
  offered: { tone: "accent", icon: <Icon name="download" /> },
  already_installed: { tone: "good", icon: <Icon name="circle-check" /> },
  content_unusable: { tone: "bad", icon: <Icon name="file-x2" /> },
  suspended: { tone: "warn", icon: <Icon name="circle-pause" /> },
  halted: { tone: "warn", icon: <Icon name="circle-stop" /> },
  nothing_to_offer: { tone: "neutral", icon: <Icon name="circle-dashed" /> },
  no_rule: { tone: "neutral", icon: <Icon name="circle-help" /> },
  no_pool: { tone: "warn", icon: <Icon name="circle-help" /> },
  unauthenticated: { tone: "warn", icon: <Icon name="shield-x" /> },
  forbidden: { tone: "warn", icon: <Icon name="shield-x" /> },
  invalid: { tone: "bad", icon: <Icon name="file-warning" /> },
  throttled: { tone: "warn", icon: <Icon name="hourglass" /> },
  unavailable: { tone: "bad", icon: <Icon name="cloud-off" /> },
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
