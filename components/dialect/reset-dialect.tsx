"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { useActionForm } from "#components/forms/use-action-form";
import { useFailureText } from "#components/ui/use-failure-text";
import type { ActionResult } from "#lib/auth/action-result";
import type { ResetDialectInput } from "#lib/dialect/schema";

export type ResetDialectAction = (
  input: ResetDialectInput,
) => Promise<ActionResult<"changed" | "skipped">>;

type ResetDialectProps = { readonly seenAt: string; readonly resetDialect: ResetDialectAction };

export function ResetDialect({ seenAt, resetDialect }: ResetDialectProps) {
  const t = useTranslations("dialect");
  const failureText = useFailureText();
  const [isOpen, setIsOpen] = useState(false);
  const { isBusy, failure, submit } = useActionForm(resetDialect);
  return (
    <>
      <Button variant="dangerGhost" onClick={() => setIsOpen(true)}>
        {t("reset.open")}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title={t("reset.title")}
        description={t("reset.description")}
        confirmLabel={t("reset.open")}
        isDangerous
        isBusy={isBusy}
        onConfirm={() =>
          submit({ seenAt }, () => {
            setIsOpen(false);
            toast.success(t("reset.done"));
          })
        }
      >
        {failure !== null && (
          <Callout tone="bad" role="alert">
            {failureText(failure, { conflict: t("conflict") })}
          </Callout>
        )}
      </ConfirmDialog>
    </>
  );
}
