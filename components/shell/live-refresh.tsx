"use client";

import { usePathname, useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useTransition } from "react";
import { holdPlace, releasePlace } from "#components/shell/hold-place";
import { isConnected } from "#components/shell/live-connection";
import { useLive } from "#components/shell/use-live";
import { setLiveRefreshing } from "#components/ui/live-refreshing";
import type { LiveTopic } from "#foundation/core/live-topics";

/** Several events in a row, such as those of a bulk approval, lead to one refresh. */
const GATHER_MS = 1_500;
/** Open pages do not all ask at the same moment. */
const SPREAD_MS = 1_500;
/** Time between two refreshes, however often something changes. */
const REST_MS = 10_000;

/** What a reader has opened and what must not change under the pointer. */
const OPEN = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox]";

type LiveRefreshProps = {
  readonly topics: readonly LiveTopic[];
  /** Also loads the data this often, for what changes without a topic. */
  readonly everyMs?: number | undefined;
};

/**
 * Loads the page's data again when one of the topics has changed. What the reader typed, opened and scrolled to stays, and
 * lists move no row (`useSteadyRows`, `holdPlace`); a refresh waits while a dialog or menu is open.
 */
export function LiveRefresh({ topics, everyMs }: LiveRefreshProps) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const pathname = usePathname();
  const timer = useRef<number>(undefined);
  const restorePlace = useRef<() => void>(undefined);
  const restUntil = useRef(0);
  useLive(topics, schedule);

  function schedule(): void {
    timer.current ??= window.setTimeout(
      refresh,
      Math.max(GATHER_MS + Math.random() * SPREAD_MS, restUntil.current - performance.now()),
    );
  }

  function refresh(): void {
    timer.current = undefined;
    if (document.querySelector(OPEN) === null) {
      load();
    } else {
      schedule();
    }
  }

  function load(): void {
    // After a loss, the connection tells of all topics when it is open again.
    if (isConnected()) {
      restUntil.current = performance.now() + REST_MS;
      setLiveRefreshing(true);
      restorePlace.current = holdPlace();
      startTransition(() => router.refresh());
    }
  }

  const tick = useEffectEvent(() => {
    if (!isPending && !document.hidden && document.querySelector(OPEN) === null) {
      load();
    }
  });

  // Synchronises with the clock.
  useEffect(() => {
    if (everyMs === undefined) {
      return undefined;
    }
    const interval = window.setInterval(tick, everyMs);
    return () => window.clearInterval(interval);
  }, [everyMs]);

  // Synchronises with the end of the refresh: its data is on the page, and not painted yet.
  useLayoutEffect(() => {
    if (!isPending) {
      restorePlace.current?.();
      restorePlace.current = undefined;
    }
  }, [isPending]);

  // Synchronises with the end of the refresh: its data is on the page.
  useEffect(() => {
    if (!isPending) {
      setLiveRefreshing(false);
    }
  }, [isPending]);

  // Synchronises with the timer, which must not outlive the page.
  useEffect(() => () => window.clearTimeout(timer.current), []);

  // Synchronises with the height of the document, which must not outlive the page.
  useEffect(() => releasePlace, [pathname]);
  return null;
}
