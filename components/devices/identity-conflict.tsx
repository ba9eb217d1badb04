import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge";
import { Callout } from "#components/ui/callout";
import { useJoined } from "#components/ui/use-joined";
import type { IdentityConflict, Device } from "#fleet/devices/model";

type IdentityConflictBadgeProps = { readonly conflict: IdentityConflict };

/** Marks a device that represents more than one phone. */
export function IdentityConflictBadge({ conflict }: IdentityConflictBadgeProps) {
  const t = useTranslations("devices.conflicts");
  return (
    <Badge tone="bad" icon={<Icon name="users" />}>
      {t(conflict)}
    </Badge>
  );
}

type IdentityConflictNoteProps = {
  readonly device: Pick<Device, "serialNumber" | "serialChanges">;
};

/** Explains that the device represents two phones, and shows the serial numbers they reported. */
export function IdentityConflictNote({
  device: { serialNumber, serialChanges },
}: IdentityConflictNoteProps) {
  const t = useTranslations("devices.identityConflict");
  const joined = useJoined();
  const reported = [serialNumber, ...serialChanges.map((change) => change.serialNumber)];
  const serialNumbers = [...new Set(reported.flatMap((text) => text?.toUpperCase() ?? []))];
  return (
    <Callout tone="bad" title={t("title")}>
      {t("description", { serialNumbers: joined(serialNumbers) })}
    </Callout>
  );
}
