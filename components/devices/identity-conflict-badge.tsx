import { Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge";
import type { IdentityConflict } from "#fleet/devices/model";

type IdentityConflictBadgeProps = { readonly conflict: IdentityConflict };

/** Marks a row that stands for more than one phone. */
export function IdentityConflictBadge({ conflict }: IdentityConflictBadgeProps) {
  const t = useTranslations("devices.conflicts");
  return (
    <Badge tone="bad" icon={<Users aria-hidden />}>
      {t(conflict)}
    </Badge>
  );
}
