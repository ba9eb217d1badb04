"use client";

import { useRef } from "react";

type DialogFocus = {
  readonly onOpenAutoFocus: (event: Event) => void;
  readonly onCloseAutoFocus: (event: Event) => void;
};

/** A field that a person fills in. Buttons are left to the dialog. */
const FIELD = ["input:not([type=hidden], [type=file])", "textarea", "select", "[role=combobox]"]
  .map((field) => `form ${field}:not(:disabled)`)
  .join(", ");

/**
 * Where the focus goes: to the first field of a form when its dialog opens, and back to what opened it afterwards. The dialogs of
 * Radix return it to a trigger of their own only, and ours have none.
 */
export function useDialogFocus(): DialogFocus {
  const opener = useRef<HTMLElement>(null);
  return {
    onOpenAutoFocus: (event) => {
      opener.current = findOpener();
      const dialog = event.currentTarget;
      const field = dialog instanceof HTMLElement ? dialog.querySelector(FIELD) : null;
      if (field instanceof HTMLElement && dialog instanceof HTMLElement && !isAlert(dialog)) {
        event.preventDefault();
        field.focus();
      }
    },
    onCloseAutoFocus: (event) => {
      event.preventDefault();
      const target = opener.current?.isConnected === true ? opener.current : null;
      // What opened the dialog may be gone, such as the row that was removed.
      (target ?? document.getElementById("content"))?.focus({ preventScroll: true });
    },
  };
}

/** A question begins at its safe answer, and not in the field for a reason. */
function isAlert(dialog: HTMLElement): boolean {
  return dialog.getAttribute("role") === "alertdialog";
}

/** What has the focus: an element of the page, or the button of the menu that is closing. */
function findOpener(): HTMLElement | null {
  const active = document.activeElement;
  const menuButton = active?.closest("[role=menu]")?.getAttribute("aria-labelledby");
  const opener =
    menuButton === null || menuButton === undefined ? active : document.getElementById(menuButton);
  return opener instanceof HTMLElement && opener !== document.body ? opener : null;
}
