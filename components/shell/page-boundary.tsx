"use client";

import { Suspense, useState } from "react";
import type { ReactNode } from "react";
import { useIsHydrated } from "#components/ui/use-is-hydrated";

type PageBoundaryProps = {
  /** Whether the server has the content already. Only the first value counts. */
  readonly isReady: boolean;
  readonly fallback: ReactNode;
  readonly children: ReactNode;
};

/**
 * Shows `fallback` while the content of a page loads. Content that the server has already is a part of the first HTML:
 * React sends what is in a `Suspense` boundary hidden, behind the fallback, and a script shows it 300 ms after the first
 * frame at the earliest, on a slow processor after the page's scripts. The choice is kept, because a boundary that comes or
 * goes later would replace the page with its state.
 */
export function PageBoundary({ isReady, fallback, children }: PageBoundaryProps) {
  const isOpenedInBrowser = useIsHydrated();
  const [hasFallback] = useState(isOpenedInBrowser || !isReady);
  return hasFallback ? <Suspense fallback={fallback}>{children}</Suspense> : children;
}
