"use client";

import { Icon } from "#components/ui/icon";
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
          <Icon name="ellipsis" />
        </IconButton>
      }
    >
      <MenuItem icon={<Icon name="pencil" />} onSelect={() => ask("edit", testDevice)}>
        {t("edit")}
      </MenuItem>
      <MenuItem
        icon={<Icon name="trash-2" />}
        isDangerous
        onSelect={() => ask("remove", testDevice)}
      >
        {t("remove")}
      </MenuItem>
    </Menu>
  );
}
