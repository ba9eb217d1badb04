"use client";

import { useEffect, useEffectEvent } from "react";
import {
  answersSession,
  connectionIsFine,
  connectionWasCut,
} from "#components/shell/live-connection";
import type { LiveTopic } from "#foundation/core/live-topics";
import { LIVE_TOPICS } from "#foundation/core/live-topics";

const LIVE_EVENT = "ucupdates:live";
/** Without an answer, or with a refusal: the browser itself gives up after a status other than 200. */
const RECONNECT_MS = 10_000;

/** Calls back when one of the topics has changed. The page has one connection for all that use this. */
export function useLive(topics: readonly LiveTopic[], onChange: () => void): void {
  const report = useEffectEvent((topic: unknown) => {
    if (topics.some((followed) => followed === topic)) {
      onChange();
    }
  });

  // Synchronises with the events that the connection of the page passes on.
  useEffect(() => {
    const onLive = (event: Event) => {
      report(event instanceof CustomEvent ? event.detail : null);
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
    let hasBeenOpen = false;
    const close = () => {
      window.clearTimeout(timer);
      source?.close();
      source = null;
    };
    const open = () => {
      close();
      source = new EventSource("/api/live");
      source.addEventListener("message", ({ data }) => tell(data));
      source.addEventListener("open", () => {
        connectionIsFine();
        if (hasBeenOpen) {
          // What changed in between is unknown.
          LIVE_TOPICS.forEach(tell);
        }
        hasBeenOpen = true;
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

function tell(topic: unknown): void {
  window.dispatchEvent(new CustomEvent(LIVE_EVENT, { detail: topic }));
}
