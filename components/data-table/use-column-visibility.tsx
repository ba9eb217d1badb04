"use client";

import type { ColumnVisibilityState, Updater } from "@tanstack/react-table";
import { useSyncExternalStore } from "react";
import { parseColumnVisibility } from "#components/data-table/table-state";

const listeners = new Set<() => void>();

/** The visible columns, stored in the browser: they are a preference of the user and not part of the URL. */
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

/** The browser sends storage events only to other tabs, so this tab notifies its own listeners. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}
