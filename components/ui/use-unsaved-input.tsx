"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { askBeforeLeaving } from "#components/ui/leave-page";

type Leave = () => void;

type UnsavedInput = {
  /** For `onInput` of the form: from now on, something would be lost. */
  readonly note: () => void;
  /** The input is saved. */
  readonly forget: () => void;
  /** Runs `leave`, and asks first if something would be lost. */
  readonly askBefore: (leave: Leave) => void;
  /** Rendered beside the form: the events of a form inside a form would reach both. */
  readonly question: ReactNode;
};

/**
 * Asks before input is lost: when its dialog is closed in passing, and when the page is left by a link, the command palette,
 * a shortcut, Back or the end of the tab.
 */
export function useUnsavedInput(hasInputAtFirst = false): UnsavedInput {
  const t = useTranslations("common.unsaved");
  const router = useRouter();
  const [hasInput, setHasInput] = useState(hasInputAtFirst);
  const [asked, setAsked] = useState<{ readonly leave: Leave } | null>(null);
  // Synchronises with the browser, which leaves the page.
  useEffect(
    () =>
      hasInput
        ? watchLeaving({
            follow: (path) => router.push(path),
            ask: (leave) => setAsked({ leave }),
          })
        : undefined,
    [hasInput, router],
  );
  return {
    note: () => setHasInput(true),
    forget: () => setHasInput(false),
    askBefore: (leave) => (hasInput ? setAsked({ leave }) : leave()),
    question: asked !== null && (
      <ConfirmDialog
        isOpen
        onOpenChange={() => setAsked(null)}
        title={t("title")}
        description={t("description")}
        confirmLabel={t("discard")}
        cancelLabel={t("stay")}
        isDangerous
        onConfirm={() => {
          setAsked(null);
          asked.leave();
        }}
      />
    ),
  };
}

type Watch = {
  readonly follow: (path: string) => void;
  readonly ask: (leave: Leave) => void;
};

/** Returns how to end it. */
function watchLeaving({ follow, ask }: Watch): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  signal.addEventListener("abort", askBeforeLeaving(ask));
  window.addEventListener("beforeunload", (event) => event.preventDefault(), { signal });
  // Before the router, which listens on the document.
  window.addEventListener(
    "click",
    (event) => {
      const path = pathOfLink(event);
      if (path !== null) {
        event.preventDefault();
        event.stopPropagation();
        ask(() => follow(path));
      }
    },
    { signal, capture: true },
  );
  // Back and Forward. A browser without this interface does not ask.
  if ("navigation" in window) {
    window.navigation.addEventListener(
      "navigate",
      (event) => {
        if (event.navigationType === "traverse" && event.cancelable) {
          event.preventDefault();
          ask(() => {
            ending.abort();
            window.navigation.traverseTo(event.destination.key);
          });
        }
      },
      { signal },
    );
  }
  return () => ending.abort();
}

/** The page that a click opens in place of this one. */
function pathOfLink(event: MouseEvent): string | null {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (link === null || opensElsewhere(event, link)) {
    return null;
  }
  const { origin, pathname, search } = new URL(link.href);
  const isOtherPage = origin === location.origin && pathname !== location.pathname;
  return isOtherPage ? `${pathname}${search}` : null;
}

function opensElsewhere(event: MouseEvent, link: HTMLAnchorElement): boolean {
  const hasKey = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  return hasKey || event.button !== 0 || link.target !== "" || link.hasAttribute("download");
}
