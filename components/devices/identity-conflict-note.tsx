import { useTranslations } from "next-intl";
import { Callout } from "#components/ui/callout";
import type { Device } from "#fleet/devices/model";

type IdentityConflictNoteProps = {
  readonly device: Pick<Device, "serialNumber" | "serialChanges">;
};

/** Explains that the device represents two phones, and shows the serial numbers they reported. */
export function IdentityConflictNote({
  device: { serialNumber, serialChanges },
}: IdentityConflictNoteProps) {
  const t = useTranslations("devices.identityConflict");
  const reported = [serialNumber, ...serialChanges.map((change) => change.serialNumber)];
  const serialNumbers = [...new Set(reported.flatMap((text) => text?.toUpperCase() ?? []))];
  return (
    <Callout tone="bad" title={t("title")}>
      {t("description", { serialNumbers: serialNumbers.join(", ") })}
    </Callout>
  );
}
