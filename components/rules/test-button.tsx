"use client";

import { FlaskConical } from "#components/ui/icons";
import { useTranslations } from "next-intl";
import { parseAsBoolean, useQueryState } from "nuqs";
import { Button } from "#components/ui/button";
import { TestDialog } from "#components/rules/test-dialog";
import type { CreateTestDevices } from "#components/rules/test-dialog";
import type { KnownPhone } from "#fleet/devices/model";

type TestButtonProps = {
  readonly pendingVersion: string | null;
  readonly siteName: string;
  readonly candidates: readonly KnownPhone[];
  readonly createTestDevices: CreateTestDevices;
};

/** Opens the dialog that makes phones test devices. Its open state is in the URL, so that menus on other pages can link to it. */
export function TestButton(props: TestButtonProps) {
  const t = useTranslations("updates.actions");
  const [isOpen, setIsOpen] = useQueryState("test", parseAsBoolean.withDefault(false));
  return (
    <>
      <Button onClick={() => void setIsOpen(true)}>
        <FlaskConical aria-hidden />
        {t("test")}
      </Button>
      {isOpen && <TestDialog {...props} onClose={() => void setIsOpen(null)} />}
    </>
  );
}
