"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { toast } from "#components/ui/toast";
import { ConfirmedButton } from "#components/forms/confirm-action";
import { Button } from "#components/ui/button";
import type { ActionResult } from "#access/auth/action-result";

type CancelImportProps = {
  readonly fileName: string;
  readonly cancel: () => Promise<ActionResult<void>>;
};

export function CancelImport({ fileName, cancel }: CancelImportProps) {
  const t = useTranslations("imports.cancel");
  const router = useRouter();
  return (
    <ConfirmedButton
      trigger={(ask) => <Button onClick={ask}>{t("action")}</Button>}
      title={t("title", { fileName })}
      description={t("description")}
      confirmLabel={t("confirm")}
      isDangerous
      action={cancel}
      input={undefined}
      onDone={() => {
        toast.success(t("done"));
        router.refresh();
      }}
    />
  );
}
