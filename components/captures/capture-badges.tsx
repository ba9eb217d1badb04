import {
  Pause,
  Radio,
  CircleCheck,
  CircleHelp,
  CircleSlash,
  FileWarning,
  OctagonX,
  ShieldX,
} from "#components/ui/icons";
import type { Icon } from "#components/ui/icons";
import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge";
import type { Tone } from "#components/ui/badge";
import type { CaptureMode, CaptureReason } from "#phones/captures/model";

type CaptureModeBadgeProps = { readonly mode: CaptureMode };

/** Whether capturing is on. */
export function CaptureModeBadge({ mode }: CaptureModeBadgeProps) {
  const t = useTranslations("captures.settings");
  return mode === "off" ? (
    <Badge icon={<Pause aria-hidden />}>{t("isOff")}</Badge>
  ) : (
    <Badge tone="accent" icon={<Radio aria-hidden />}>
      {t("isOn")}
    </Badge>
  );
}

const LOOKS = {
  unparseable: { tone: "bad", icon: FileWarning },
  unknown_model: { tone: "warn", icon: CircleHelp },
  nothing_matched: { tone: "warn", icon: CircleSlash },
  refused: { tone: "warn", icon: ShieldX },
  failed: { tone: "bad", icon: OctagonX },
  answered: { tone: "good", icon: CircleCheck },
} as const satisfies Record<CaptureReason, { readonly tone: Tone; readonly icon: Icon }>;

type CaptureReasonBadgeProps = { readonly reason: CaptureReason };

export function CaptureReasonBadge({ reason }: CaptureReasonBadgeProps) {
  const t = useTranslations("captures.reasons");
  const { tone, icon: Icon } = LOOKS[reason];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {t(reason)}
    </Badge>
  );
}
