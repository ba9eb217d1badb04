"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "#components/ui/button";
import { cn } from "#components/ui/cn";
import { SCRIM_STYLE } from "#components/ui/dialog-style";
import { useDialogFocus } from "#components/ui/use-dialog-focus";

type SheetProps = {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly title: string;
  readonly children: ReactNode;
};

/** A panel that slides in from the start of the line, for navigation on narrow screens. */
export function Sheet({ isOpen, onOpenChange, title, children }: SheetProps) {
  const t = useTranslations("common");
  const focus = useDialogFocus();
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className={SCRIM_STYLE} />
        <Dialog.Content
          {...focus}
          aria-describedby={undefined}
          className={cn(
            "fixed inset-y-0 start-0 z-50 flex w-72 max-w-[85vw] flex-col border-e border-line bg-canvas shadow-raised",
            "data-[state=closed]:animate-out data-[state=closed]:slide-out-to-start data-[state=open]:animate-in data-[state=open]:slide-in-from-start",
          )}
        >
          <Dialog.Title className="sr-only">{title}</Dialog.Title>
          <Dialog.Close asChild>
            <IconButton label={t("close")} className="absolute end-2.5 top-2.5">
              <Icon name="x" />
            </IconButton>
          </Dialog.Close>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
