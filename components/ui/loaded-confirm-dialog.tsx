"use client";

import { useTranslations } from "next-intl";
import { AlertDialog } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button";
import { cn } from "#components/ui/cn";
import { DIALOG_STYLE, SCRIM_STYLE } from "#components/ui/dialog-style";
import { useDialogFocus } from "#components/ui/use-dialog-focus";

export type ConfirmDialogProps = {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  /** A question: "Approve 3 rules?" */
  readonly title: string;
  /** A sentence that says what will happen. */
  readonly description: ReactNode;
  /** A verb: "Approve". */
  readonly confirmLabel: string;
  /** "Cancel" if absent. */
  readonly cancelLabel?: string;
  readonly isDangerous?: boolean;
  readonly isBusy?: boolean;
  /** A required value is still missing. */
  readonly isBlocked?: boolean;
  readonly onConfirm: () => void;
  /** The changes, a field for the reason, or an error. */
  readonly children?: ReactNode;
};

/** The dialog after its first opening. `ConfirmDialog` loads it. */
export function LoadedConfirmDialog({
  isOpen,
  onOpenChange,
  title,
  description,
  confirmLabel,
  cancelLabel,
  isDangerous = false,
  isBusy = false,
  isBlocked = false,
  onConfirm,
  children,
}: ConfirmDialogProps) {
  const t = useTranslations("common");
  const focus = useDialogFocus();
  return (
    <AlertDialog.Root
      open={isOpen}
      onOpenChange={(open) => {
        if (open || !isBusy) {
          onOpenChange(open);
        }
      }}
    >
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={SCRIM_STYLE} />
        <AlertDialog.Content {...focus} className={cn(DIALOG_STYLE, "max-w-lg")}>
          <form
            className="flex min-h-0 flex-col"
            onSubmit={(event) => {
              event.preventDefault();
              if (!isBusy && !isBlocked) {
                onConfirm();
              }
            }}
          >
            <div className="min-h-0 space-y-4 overflow-y-auto px-5 py-4">
              <div className="wrap-anywhere">
                <AlertDialog.Title className="text-base font-semibold">{title}</AlertDialog.Title>
                <AlertDialog.Description asChild>
                  <div className="mt-1 text-[0.8125rem] text-ink-muted">{description}</div>
                </AlertDialog.Description>
              </div>
              {children}
            </div>
            <footer className="flex justify-end gap-2 border-t border-line px-5 py-3 max-sm:flex-col-reverse">
              <AlertDialog.Cancel asChild>
                <Button disabled={isBusy}>{cancelLabel ?? t("cancel")}</Button>
              </AlertDialog.Cancel>
              <Button
                type="submit"
                variant={isDangerous ? "danger" : "primary"}
                isBusy={isBusy}
                disabled={isBlocked}
              >
                {confirmLabel}
              </Button>
            </footer>
          </form>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
