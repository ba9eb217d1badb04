"use client";

import { useSyncExternalStore } from "react";

/** A stream that ends after its time is open again sooner than this. */
const LOST_AFTER_MS = 10_000;

/** Why the page does not follow the server. */
export type Trouble =
  { readonly kind: "lost"; readonly since: Date } | { readonly kind: "signed_out" };

let trouble: Trouble | null = null;
let timer: number | undefined;
const listeners = new Set<() => void>();

/** The connection is open, or the page is hidden and needs none. */
export function connectionIsFine(): void {
  show(null);
}

/** The connection was cut. It counts as lost unless it is fine again soon. */
export function connectionWasCut(): void {
  const since = new Date();
  timer ??= window.setTimeout(() => show({ kind: "lost", since }), LOST_AFTER_MS);
}

/**
 * Whether the server can be expected to load the page again. Otherwise Next.js would replace the page, with what was typed,
 * by the sign-in, by the error page or by that of the browser.
 */
export async function canRefresh(): Promise<boolean> {
  return !waitsForConnection() && (await answersSession());
}

/** Asks the server, without opening a stream. */
export async function answersSession(): Promise<boolean> {
  try {
    const { ok, status } = await fetch("/api/live", { method: "HEAD", cache: "no-store" });
    if (status === 401) {
      show({ kind: "signed_out" });
    } else if (ok && trouble?.kind === "signed_out") {
      show(null);
    }
    return ok;
  } catch {
    return false;
  }
}

/** Whether the page has no connection, because it is cut or the page is hidden. The next one tells what has changed. */
export function waitsForConnection(): boolean {
  return document.hidden || timer !== undefined || trouble?.kind === "lost";
}

export function useTrouble(): Trouble | null {
  return useSyncExternalStore(
    subscribe,
    () => trouble,
    () => null,
  );
}

function show(next: Trouble | null): void {
  window.clearTimeout(timer);
  timer = undefined;
  if (next?.kind !== trouble?.kind) {
    trouble = next;
    listeners.forEach((listener) => listener());
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
