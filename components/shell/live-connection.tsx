"use client";

import { useSyncExternalStore } from "react";

/** A stream that ends after its time is open again sooner than this. */
const LOST_AFTER_MS = 10_000;

/** Since when the page has no connection that tells it of changes; null while it has one. */
let lostAt: Date | null = null;
let timer: number | undefined;
const listeners = new Set<() => void>();

/** The connection is open, or the page is hidden and needs none. */
export function connectionIsFine(): void {
  window.clearTimeout(timer);
  timer = undefined;
  show(null);
}

/** The connection was cut. It counts as lost unless it is fine again soon. */
export function connectionWasCut(): void {
  const at = new Date();
  timer ??= window.setTimeout(() => show(at), LOST_AFTER_MS);
}

/** Whether the server can be expected to answer. Next.js leaves the page for the browser's own error page if it does not. */
export function isConnected(): boolean {
  return timer === undefined && lostAt === null;
}

export function useLostConnection(): Date | null {
  return useSyncExternalStore(
    subscribe,
    () => lostAt,
    () => null,
  );
}

function show(at: Date | null): void {
  if (at !== lostAt) {
    lostAt = at;
    listeners.forEach((listener) => listener());
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
