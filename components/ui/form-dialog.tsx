"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import type { ReactNode } from "react";
import { useUnsavedInput } from "#components/ui/use-unsaved-input";
import { Button } from "#components/ui/button";
import { Alert } from "#components/ui/failure-callout";
import { Dialog } from "#components/ui/dialog";

type FormDialogProps = {
  readonly title: string;
  readonly description?: ReactNode;
  readonly submitLabel: string;
  /** "Cancel" if absent. */
  readonly cancelLabel?: string;
  readonly isBusy: boolean;
  readonly isBlocked?: boolean;
  /** Input from before, such as from another step. */
  readonly hasInput?: boolean;
  /** The error of the last attempt; absent or null if there is none. */
  readonly error?: ReactNode;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  /** The form fields. */
  readonly children: ReactNode;
};

/**
 * A dialog with a form. Its owner mounts it to open it, so that the form starts empty every time. Only Cancel closes it
 * without a question once something was entered.
 */
export function FormDialog({
  title,
  description,
  submitLabel,
  cancelLabel,
  isBusy,
  isBlocked = false,
  hasInput = false,
  error = null,
  onSubmit,
  onClose,
  children,
}: FormDialogProps) {
  const t = useTranslations("common");
  const formId = useId();
  const unsaved = useUnsavedInput(hasInput);
  return (
    <>
      <Dialog
        isOpen
        onOpenChange={() => unsaved.askBefore(onClose)}
        isLocked={isBusy}
        title={title}
        description={description}
        footer={
          <>
            <Button disabled={isBusy} onClick={onClose}>
              {cancelLabel ?? t("cancel")}
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
          onInput={unsaved.note}
          onSubmit={(event) => {
            event.preventDefault();
            onSubmit();
          }}
        >
          {error !== null && <Alert>{error}</Alert>}
          {children}
        </form>
      </Dialog>
      {unsaved.question}
    </>
  );
}
