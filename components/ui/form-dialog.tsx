"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Dialog } from "#components/ui/dialog";

type FormDialogProps = {
  readonly title: string;
  readonly description?: ReactNode;
  readonly submitLabel: string;
  readonly isBusy: boolean;
  readonly isBlocked?: boolean;
  /** Why the last attempt was refused; absent or null when it was not. */
  readonly error?: string | null;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  /** The fields. */
  readonly children: ReactNode;
};

/** A window with a form: its owner mounts it to open it, so that it starts fresh every time. */
export function FormDialog({
  title,
  description,
  submitLabel,
  isBusy,
  isBlocked = false,
  error = null,
  onSubmit,
  onClose,
  children,
}: FormDialogProps) {
  const t = useTranslations("common");
  const formId = useId();
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      isLocked={isBusy}
      title={title}
      description={description}
      footer={
        <>
          <Button disabled={isBusy} onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            isBusy={isBusy}
            disabled={isBlocked}
          >
            {submitLabel}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {error !== null && (
          <Callout tone="bad" role="alert">
            {error}
          </Callout>
        )}
        {children}
      </form>
    </Dialog>
  );
}
