"use client";

import { Suspense, lazy } from "react";
import type { ComponentType } from "react";

/**
 * A component whose code is loaded when it is first rendered; until then it is empty. It waits in a boundary of its own:
 * otherwise the page around it would wait too, show its placeholder, and drop what is typed in the meantime.
 */
export function loadLater<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const Loaded = lazy(async () => ({ default: await load() }));
  return function LoadedLater(props: Props) {
    return (
      <Suspense fallback={null}>
        <Loaded {...props} />
      </Suspense>
    );
  };
}
