"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { useActionForm } from "#components/forms/use-action-form";
import { useFailureText } from "#components/ui/use-failure-text";
import type { ActionResult } from "#lib/auth/action-result";
import type { RemoveCapturesInput } from "#lib/captures/schema";

export type RemoveCapturesAction = (
  input: RemoveCapturesInput,
) => Promise<ActionResult<{ readonly removed: number }>>;

type RemoveCapturesProps = {
  readonly input: RemoveCapturesInput;
  readonly count: number;
  readonly removeCaptures: RemoveCapturesAction;
  readonly onRemoved?: () => void;
};

export function RemoveCaptures({ input, count, removeCaptures, onRemoved }: RemoveCapturesProps) {
  const t = useTranslations("captures.remove");
  const failureText = useFailureText();
  const [isOpen, setIsOpen] = useState(false);
  const { isBusy, failure, submit } = useActionForm(removeCaptures);
  return (
    <>
      <Button variant="dangerGhost" onClick={() => setIsOpen(true)}>
        <Trash2 aria-hidden />
        {"every" in input ? t("all") : t("some")}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title={t("title", { count })}
        description={t("description")}
        confirmLabel={t("some")}
        isDangerous
        isBusy={isBusy}
        onConfirm={() =>
          submit(input, ({ removed }) => {
            setIsOpen(false);
            toast.success(t("done", { count: removed }));
            onRemoved?.();
          })
        }
      >
        {failure !== null && (
          <Callout tone="bad" role="alert">
            {failureText(failure)}
          </Callout>
        )}
      </ConfirmDialog>
    </>
  );
}
