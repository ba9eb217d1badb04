"use client";

import { useRouter } from "next/navigation";
import { useEffectEvent, useLayoutEffect, useRef } from "react";
import { NAVIGATION_PATHS, isOpenTo } from "#components/shell/navigation";
import { areShortcutsOn } from "#components/shell/shortcut-setting";
import { decideShortcut } from "#components/shell/shortcuts";
import type { Shortcut, ShortcutAction } from "#components/shell/shortcuts";
import { leavePage } from "#components/ui/leave-page";
import { useStartNavigation } from "#components/ui/navigation-progress";
import type { Role } from "#foundation/core/permissions";

/** How long a page's letter may come after g. */
const GO_MS = 1_500;

type ShortcutsOptions = {
  readonly role: Role;
  readonly onTogglePalette: () => void;
  readonly onShowShortcuts: () => void;
};

/** The keys of the whole panel: Ctrl K, and the shortcuts of one key unless they are turned off. */
export function useShortcuts({ role, onTogglePalette, onShowShortcuts }: ShortcutsOptions): void {
  const router = useRouter();
  const startNavigation = useStartNavigation();
  const goAt = useRef(Number.NEGATIVE_INFINITY);

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      onTogglePalette();
      return;
    }
    const isAfterGo = event.timeStamp - goAt.current < GO_MS;
    const shortcut = shortcutOf(event, isAfterGo);
    goAt.current = shortcut.kind === "go" ? event.timeStamp : Number.NEGATIVE_INFINITY;
    switch (shortcut.kind) {
      case "page":
        if (isOpenTo(role, shortcut.name)) {
          const path = NAVIGATION_PATHS[shortcut.name];
          leavePage(path, () => startNavigation(() => router.push(path)));
        }
        break;
      case "action":
        // The key must not be typed into the field that gets the focus.
        event.preventDefault();
        ACTIONS[shortcut.action](onShowShortcuts);
        break;
      case "go":
      case "none":
    }
  });

  // Synchronises with the keyboard of the whole document. A layout effect, so that no key comes before it.
  useLayoutEffect(() => {
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}

const COVERS = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox]";
/** Checkboxes and buttons take no characters. */
const TYPED_INTO =
  "textarea, select, [contenteditable], [role=textbox], [role=combobox], input:not([type=checkbox], [type=button], [type=submit])";

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TYPED_INTO) !== null;
}

function shortcutOf(event: KeyboardEvent, isAfterGo: boolean): Shortcut {
  if (event.defaultPrevented || event.isComposing || event.repeat || !areShortcutsOn()) {
    return { kind: "none" };
  }
  return decideShortcut({
    key: event.key,
    hasModifier: event.ctrlKey || event.metaKey || event.altKey,
    isTyping: isTyping(event.target),
    isCovered: document.querySelector(COVERS) !== null,
    isAfterGo,
  });
}

const ACTIONS = {
  help: (show) => show(),
  search: () => document.querySelector<HTMLElement>("main [role=search] input")?.focus(),
  nextRow: () => rowLinkFrom(1)?.focus(),
  previousRow: () => rowLinkFrom(-1)?.focus(),
} as const satisfies Record<ShortcutAction, (showShortcuts: () => void) => void>;

/** The link of the row after or before the one with the focus; of the first row if none has it. */
function rowLinkFrom(step: 1 | -1): HTMLElement | undefined {
  const links = [...document.querySelectorAll<HTMLElement>("main [role=rowheader] a")];
  const row = document.activeElement?.closest("[role=row]");
  const current = links.findIndex((link) => row?.contains(link) === true);
  return current === -1 ? links[0] : (links[current + step] ?? links[current]);
}
