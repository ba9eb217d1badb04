"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { parseAsBoolean, useQueryState } from "nuqs";
import { Button } from "#components/ui/button";
import type { CreateTestDevices } from "#components/rules/test-dialog";
import { loadLater } from "#components/ui/load-later";
import type { TestCandidate } from "#firmware/rules/test-phone";

const TestDialog = loadLater(() =>
  import("#components/rules/test-dialog").then((module) => module.TestDialog),
);

type TestButtonProps = {
  readonly pendingVersion: string | null;
  readonly siteName: string;
  readonly candidates: readonly TestCandidate[];
  readonly createTestDevices: CreateTestDevices;
};

/** Opens the dialog that makes phones test devices. Its open state is in the URL, so that menus on other pages can link to it. */
export function TestButton(props: TestButtonProps) {
  const t = useTranslations("updates.actions");
  const [isOpen, setIsOpen] = useQueryState("test", parseAsBoolean.withDefault(false));
  return (
    <>
      <Button onClick={() => void setIsOpen(true)}>
        <Icon name="flask-conical" />
        {t("test")}
      </Button>
      {isOpen && <TestDialog {...props} onClose={() => void setIsOpen(null)} />}
    </>
  );
}
