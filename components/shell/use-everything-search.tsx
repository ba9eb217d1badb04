"use client";

import { useEffect, useRef, useState } from "react";
import type { ErrorCode } from "#foundation/core/errors";
import { readProblem } from "#foundation/core/read-problem";
import type { SearchResults } from "#phones/search/model";
import { searchResults } from "#phones/search/model";
import { MIN_QUERY_CHARS } from "#phones/search/search-query";

const DELAY_MS = 200;

export type EverythingSearch =
  | { readonly kind: "idle" }
  | { readonly kind: "loading" }
  | { readonly kind: "failed"; readonly code: ErrorCode | "defect" }
  | { readonly kind: "found"; readonly results: SearchResults };

/** Searches on the server once the typing pauses. An answer to an earlier text is dropped. */
export function useEverythingSearch(): {
  readonly search: EverythingSearch;
  readonly searchFor: (text: string) => void;
} {
  const [search, setSearch] = useState<EverythingSearch>({ kind: "idle" });
  const running = useRef<AbortController>(undefined);

  // Synchronises with the request, which must not outlive the palette.
  useEffect(() => () => running.current?.abort(), []);

  return {
    search,
    searchFor: (text) => {
      running.current?.abort();
      if (text.trim().length < MIN_QUERY_CHARS) {
        setSearch({ kind: "idle" });
        return;
      }
      const controller = new AbortController();
      running.current = controller;
      setSearch({ kind: "loading" });
      window.setTimeout(() => {
        void fetchResults(text, controller.signal).then((answer) => {
          if (!controller.signal.aborted) {
            setSearch(answer);
          }
        });
      }, DELAY_MS);
    },
  };
}

async function fetchResults(text: string, signal: AbortSignal): Promise<EverythingSearch> {
  try {
    const response = await fetch(`/api/search?q=${encodeURIComponent(text)}`, { signal });
    const body: unknown = await response.json();
    return response.ok
      ? { kind: "found", results: searchResults.parse(body) }
      : { kind: "failed", code: readProblem(body)?.code ?? "defect" };
  } catch {
    // The connection was lost, or the answer is not that of this service.
    return { kind: "failed", code: "unavailable" };
  }
}
