"use client";

import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import type { ExternalToast, toast as sonnerToast } from "sonner";
import type { SonnerToaster } from "#components/ui/sonner-toaster";

type Kind = "success" | "warning" | "error";
type Toast = { readonly kind: Kind; readonly title: ReactNode; readonly options?: ExternalToast };

let show: typeof sonnerToast | null = null;
/** Loads the container, unless it is loaded or loading. */
let load: (() => void) | null = null;
const waiting: Toast[] = [];

function toastOf(kind: Kind) {
  return (title: ReactNode, options?: ExternalToast): void => {
    waiting.push({ kind, title, ...(options === undefined ? {} : { options }) });
    load?.();
    showWaiting();
  };
}

function showWaiting(): void {
  while (show !== null && waiting.length > 0) {
    const next = waiting.shift();
    if (next !== undefined) {
      show[next.kind](next.title, next.options);
    }
  }
}

function onReady(ready: typeof sonnerToast): void {
  show = ready;
  showWaiting();
}

/** Shows a message in the corner of the page. Before the container is loaded, the message waits. */
export const toast = {
  success: toastOf("success"),
  warning: toastOf("warning"),
  error: toastOf("error"),
};

/**
 * The container of toasts. It loads with the first key or click, because a toast is nearly always the answer to one, or with
 * the first toast. Screen readers announce only what is added to a container that exists.
 */
export function Toaster() {
  const [Container, setContainer] = useState<typeof SonnerToaster | null>(null);

  // Synchronises with the keyboard and pointer of the whole document, and with the first toast.
  useEffect(() => {
    let isLoading = false;
    const loadOnce = async () => {
      if (isLoading) {
        return;
      }
      isLoading = true;
      try {
        const loaded = await import("#components/ui/sonner-toaster");
        stop();
        setContainer(() => loaded.SonnerToaster);
      } catch {
        // The page is of use without toasts. They wait, and the next key, click or toast tries again.
        isLoading = false;
      }
    };
    const need = () => void loadOnce();
    const stop = () => {
      window.removeEventListener("pointerdown", need);
      window.removeEventListener("keydown", need);
      load = null;
    };
    window.addEventListener("pointerdown", need);
    window.addEventListener("keydown", need);
    load = need;
    // A page that says something as soon as it opens does so before this effect.
    if (waiting.length > 0) {
      need();
    }
    return stop;
  }, []);

  return Container && <Container onReady={onReady} />;
}
