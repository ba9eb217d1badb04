"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { Dialog as RadixDialog } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "#components/ui/button";
import { cn } from "#components/ui/cn";
import { DIALOG_STYLE, SCRIM_STYLE } from "#components/ui/dialog-style";
import { useDialogFocus } from "#components/ui/use-dialog-focus";

const WIDTHS = { sm: "max-w-md", md: "max-w-xl", lg: "max-w-3xl" } as const;

export type DialogProps = {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly width?: keyof typeof WIDTHS;
  /** The buttons, with the primary one last. */
  readonly footer?: ReactNode;
  /** An action is running: Escape and clicks outside do not close the dialog. */
  readonly isLocked?: boolean;
  readonly children: ReactNode;
};

/** The dialog after its first opening. `Dialog` loads it. */
export function LoadedDialog({
  isOpen,
  onOpenChange,
  title,
  description,
  width = "md",
  footer,
  isLocked = false,
  children,
}: DialogProps) {
  const t = useTranslations("common");
  const focus = useDialogFocus();
  return (
    <RadixDialog.Root
      open={isOpen}
      onOpenChange={(open) => {
        if (open || !isLocked) {
          onOpenChange(open);
        }
      }}
    >
      <RadixDialog.Portal>
        <RadixDialog.Overlay className={SCRIM_STYLE} />
        <RadixDialog.Content
          {...focus}
          // Radix warns about a missing description unless `aria-describedby` is explicitly undefined.
          {...(description === undefined ? { "aria-describedby": undefined } : {})}
          className={cn(DIALOG_STYLE, WIDTHS[width])}
        >
          <header className="flex items-start justify-between gap-4 px-5 pt-4 pb-3">
            <div className="min-w-0 wrap-anywhere">
              <RadixDialog.Title className="text-base font-semibold">{title}</RadixDialog.Title>
              {description !== undefined && (
                <RadixDialog.Description className="mt-1 text-[0.8125rem] text-ink-muted">
                  {description}
                </RadixDialog.Description>
              )}
            </div>
            <RadixDialog.Close asChild disabled={isLocked}>
              <IconButton label={t("close")} size="sm" className="-me-1.5 -mt-0.5">
                <Icon name="x" />
              </IconButton>
            </RadixDialog.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5">{children}</div>
          {footer !== undefined && (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3 max-sm:flex-col-reverse">
              {footer}
            </footer>
          )}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
