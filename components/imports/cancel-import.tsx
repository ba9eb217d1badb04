"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import type { ActionResult } from "#lib/auth/action-result";

type CancelImportProps = {
  readonly fileName: string;
  readonly cancel: () => Promise<ActionResult<void>>;
};

export function CancelImport({ fileName, cancel }: CancelImportProps) {
  const t = useTranslations("imports.cancel");
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const [problem, setProblem] = useState("");
  const [isBusy, startTransition] = useTransition();

  function confirm() {
    startTransition(async () => {
      const result = await cancel();
      if (result.ok) {
        setIsOpen(false);
        toast.success(t("done"));
        router.refresh();
      } else {
        setProblem(result.message);
      }
    });
  }

  return (
    <>
      <Button onClick={() => setIsOpen(true)}>{t("action")}</Button>
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title={t("title", { fileName })}
        description={t("description")}
        confirmLabel={t("confirm")}
        isDangerous
        isBusy={isBusy}
        onConfirm={confirm}
      >
        {problem !== "" && (
          <Callout tone="bad" role="alert">
            {problem}
          </Callout>
        )}
      </ConfirmDialog>
    </>
  );
}
