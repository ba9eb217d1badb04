"use client";

import { usePathname, useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useTransition } from "react";
import { holdPlace, releasePlace } from "#components/shell/hold-place";
import { canRefresh, waitsForConnection } from "#components/shell/live-connection";
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

type LiveRefreshProps =
  | {
      readonly topics: readonly LiveTopic[];
      /** When the server began to load what the page shows. */
      readonly loadedAt: Date;
      readonly everyMs?: undefined;
    }
  | {
      readonly topics?: undefined;
      readonly loadedAt?: undefined;
      /** How often to load what changes without a topic; undefined while nothing changes. */
      readonly everyMs: number | undefined;
    };

const NO_TOPICS: readonly LiveTopic[] = [];
const NEVER = new Date(0);

/**
 * Loads the page's data again when one of the topics has changed, or regularly. What the reader typed, opened and scrolled
 * to stays, and lists move no row (`useSteadyRows`, `holdPlace`); a refresh waits while a dialog or menu is open.
 */
export function LiveRefresh({ topics = NO_TOPICS, loadedAt = NEVER, everyMs }: LiveRefreshProps) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const pathname = usePathname();
  const timer = useRef<number>(undefined);
  const restorePlace = useRef<() => void>(undefined);
  const restUntil = useRef(0);
  const isGone = useRef(false);
  useLive(topics, loadedAt, schedule);

  function schedule(): void {
    timer.current ??= window.setTimeout(
      () => {
        timer.current = undefined;
        void load();
      },
      Math.max(GATHER_MS + Math.random() * SPREAD_MS, restUntil.current - performance.now()),
    );
  }

  async function load(): Promise<void> {
    if (isReading()) {
      schedule();
      return;
    }
    restUntil.current = performance.now() + REST_MS;
    const isAnswered = await canRefresh();
    if (isGone.current || waitsForConnection()) {
      return;
    }
    if (isAnswered && !isReading()) {
      setLiveRefreshing(true);
      restorePlace.current = holdPlace();
      startTransition(() => router.refresh());
    } else {
      schedule();
    }
  }

  const tick = useEffectEvent(() => {
    if (!isPending && !isReading()) {
      void load();
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
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
      window.clearTimeout(timer.current);
    };
  }, []);

  // Synchronises with the height of the document, which must not outlive the page.
  useEffect(() => releasePlace, [pathname]);
  return null;
}

function isReading(): boolean {
  return document.querySelector(OPEN) !== null;
}
