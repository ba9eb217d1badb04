"use client";

import { useEffect, useEffectEvent } from "react";
import {
  answersSession,
  connectionIsFine,
  connectionWasCut,
} from "#components/shell/live-connection";
import { changedSince, learnChange } from "#components/shell/live-changes";
import type { LiveTopic } from "#foundation/core/live-topics";

const LIVE_EVENT = "ucupdates:live";
/** Without an answer, or with a refusal: the browser itself gives up after a status other than 200. */
const RECONNECT_MS = 10_000;

/**
 * Calls back when one of the topics has changed since the page was loaded: also before it was shown, and before its
 * connection was open. The page has one connection for all that use this.
 */
export function useLive(topics: readonly LiveTopic[], loadedAt: Date, onChange: () => void): void {
  const compare = useEffectEvent(() => {
    if (topics.some((topic) => changedSince(topic, loadedAt))) {
      onChange();
    }
  });
  const report = useEffectEvent((news: unknown) => {
    if (topics.some((topic) => topic === news)) {
      onChange();
    }
  });

  // Synchronises with what the connection of the page was told and will be told.
  useEffect(() => {
    compare();
    const onLive = (event: Event) => {
      const news: unknown = event instanceof CustomEvent ? event.detail : null;
      if (news === null) {
        compare();
      } else {
        report(news);
      }
    };
    window.addEventListener(LIVE_EVENT, onLive);
    return () => window.removeEventListener(LIVE_EVENT, onLive);
  }, []);
}

/** The one connection of a page. Only a visible page has it: browsers allow six at a time to a server. */
export function useLiveConnection(): void {
  // Synchronises with the stream of the server and the visibility of the page.
  useEffect(() => {
    let source: EventSource | null = null;
    let timer: number | undefined;
    const close = () => {
      window.clearTimeout(timer);
      source?.close();
      source = null;
    };
    const open = () => {
      close();
      source = new EventSource("/api/live");
      source.addEventListener("open", connectionIsFine);
      source.addEventListener("known", ({ data }) => {
        learnChange(String(data));
        tell(null);
      });
      source.addEventListener("message", ({ data }) => {
        tell(learnChange(String(data)));
      });
      source.addEventListener("error", () => {
        connectionWasCut();
        if (source?.readyState === EventSource.CLOSED) {
          timer = window.setTimeout(open, RECONNECT_MS);
          // Shows the end of the session, which the browser does not report.
          void answersSession();
        }
      });
    };
    const onVisibility = () => {
      if (document.hidden) {
        close();
        connectionIsFine();
      } else {
        open();
      }
    };
    if (!document.hidden) {
      open();
    }
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      close();
    };
  }, []);
}

/** Names the topic that has just changed; null after an earlier change became known. */
function tell(news: string | null): void {
  window.dispatchEvent(new CustomEvent(LIVE_EVENT, { detail: news }));
}
