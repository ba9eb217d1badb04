"use client";

import type { ColumnVisibilityState, Updater } from "@tanstack/react-table";
import { useSyncExternalStore } from "react";
import { parseColumnVisibility } from "#components/data-table/table-state";

const listeners = new Set<() => void>();

/**
 * Which columns somebody wants to see, remembered by the browser: it is a habit, not a part of what a link shows.
 */
export function useColumnVisibility(
  name: string,
  atFirst: ColumnVisibilityState,
): {
  readonly columnVisibility: ColumnVisibilityState;
  readonly onColumnVisibilityChange: (updater: Updater<ColumnVisibilityState>) => void;
} {
  const key = `columns:${name}`;
  const stored = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(key) ?? "",
    () => "",
  );
  const columnVisibility = { ...atFirst, ...(stored === "" ? {} : parseColumnVisibility(stored)) };
  return {
    columnVisibility,
    onColumnVisibilityChange: (updater) => {
      const next = typeof updater === "function" ? updater(columnVisibility) : updater;
      localStorage.setItem(key, JSON.stringify(next));
      listeners.forEach((listener) => listener());
    },
  };
}

/** The browser tells only the other tabs about a change, so this one is told here. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}
