import { Icon } from "#components/ui/icon";
import type { IconName } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge";
import type { Tone } from "#components/ui/badge";
import type { CaptureMode, CaptureReason } from "#phones/captures/model";

type CaptureModeBadgeProps = { readonly mode: CaptureMode };

/** Whether capturing is on. */
export function CaptureModeBadge({ mode }: CaptureModeBadgeProps) {
  const t = useTranslations("captures.settings");
  return mode === "off" ? (
    <Badge icon={<Icon name="pause" />}>{t("isOff")}</Badge>
  ) : (
    <Badge tone="accent" icon={<Icon name="radio" />}>
      {t("isOn")}
    </Badge>
  );
}

const LOOKS = {
  unparseable: { tone: "bad", icon: "file-warning" },
  unknown_model: { tone: "warn", icon: "circle-help" },
  nothing_matched: { tone: "warn", icon: "circle-slash" },
  refused: { tone: "warn", icon: "shield-x" },
  failed: { tone: "bad", icon: "octagon-x" },
  answered: { tone: "good", icon: "circle-check" },
} as const satisfies Record<CaptureReason, { readonly tone: Tone; readonly icon: IconName }>;

type CaptureReasonBadgeProps = { readonly reason: CaptureReason };

export function CaptureReasonBadge({ reason }: CaptureReasonBadgeProps) {
  const t = useTranslations("captures.reasons");
  const { tone, icon } = LOOKS[reason];
  return (
    <Badge tone={tone} icon={<Icon name={icon} />}>
      {t(reason)}
    </Badge>
  );
}
