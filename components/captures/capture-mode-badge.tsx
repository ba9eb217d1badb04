import { Pause, Radio } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge";
import type { CaptureMode } from "#phones/captures/model";

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
