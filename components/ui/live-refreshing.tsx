"use client";

import { useSyncExternalStore } from "react";

/** Whether the data that arrives was loaded because something changed elsewhere, and not because the reader acted. */
let isLiveRefreshing = false;
const listeners = new Set<() => void>();

/** Set before a live refresh starts, and unset when its data is on the page. */
export function setLiveRefreshing(isRefreshing: boolean): void {
  if (isRefreshing !== isLiveRefreshing) {
    isLiveRefreshing = isRefreshing;
    listeners.forEach((listener) => listener());
  }
}

/** True in the render that shows the data of a live refresh. Lists then move no row that is being read. */
export function useLiveRefreshing(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => isLiveRefreshing,
    () => false,
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
