"use client";

import { Ellipsis, Pencil, Trash2 } from "#components/ui/icons";
import { useTranslations } from "next-intl";
import { IconButton } from "#components/ui/button";
import { Menu, MenuItem } from "#components/ui/dropdown-menu";
import type { TestDevice } from "#fleet/test-devices/model";

export type AskAboutTestDevice = (what: "edit" | "remove", testDevice: TestDevice) => void;

type TestDeviceMenuProps = {
  readonly testDevice: TestDevice;
  readonly ask: AskAboutTestDevice;
};

export function TestDeviceMenu({ testDevice, ask }: TestDeviceMenuProps) {
  const t = useTranslations("testDevices.actions");
  return (
    <Menu
      trigger={
        <IconButton size="sm" label={t("menu", { name: testDevice.name })}>
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      <MenuItem icon={<Pencil aria-hidden />} onSelect={() => ask("edit", testDevice)}>
        {t("edit")}
      </MenuItem>
      <MenuItem
        icon={<Trash2 aria-hidden />}
        isDangerous
        onSelect={() => ask("remove", testDevice)}
      >
        {t("remove")}
      </MenuItem>
    </Menu>
  );
}
