import "server-only";
import type { LiveTopic } from "#foundation/core/live-topics";
import { AppError } from "#foundation/core/errors";
import { keyedSlots } from "#foundation/core/keyed-slots";
import type { KeyedSlots } from "#foundation/core/keyed-slots";
import { followTopics } from "#foundation/platform/live-hub";
import type { LiveChange } from "#foundation/platform/live-hub";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** A hidden page holds no stream, so that these are pages that are being read. */
const STREAM_LIMITS = { max: 200, maxPerKey: 20 };
/** Keeps proxies from closing a silent connection. */
const HEARTBEAT_MS = 20_000;
/** The browser connects again and is authorised again, so that a session that has ended does not keep its stream. */
const MAX_STREAM_MS = 5 * 60 * 1000;
const RETRY_MS = 3_000;

export type EventStreamOptions = {
  /** Whose streams are counted together. */
  readonly owner: string;
  readonly topics: ReadonlySet<LiveTopic>;
  /** Aborted when the client is gone. */
  readonly signal: AbortSignal;
};

/**
 * Server-sent events that name the topics that changed, and when; they contain no data. The stream begins with the last
 * change of each topic, in events named `known`. Throws `unavailable` while there are too many streams.
 */
export function openEventStream(options: EventStreamOptions): ReadableStream {
  const { owner, topics, signal } = options;
  const { slots, closers } = openStreams();
  const release = slots.take(owner);
  if (release === null) {
    throw new AppError("unavailable", "Too many pages are open at once.", {
      retryAfterSeconds: 60,
    });
  }
  const encoder = new TextEncoder();
  let close = release;
  return new ReadableStream({
    start: (controller) => {
      const send = (text: string): void => {
        controller.enqueue(encoder.encode(text));
      };
      const following = followTopics(topics, (change) => {
        send(toEvent("message", change));
      });
      const end = (): void => {
        close();
        controller.close();
      };
      const heartbeat = setInterval(() => {
        send(": still here\n\n");
      }, HEARTBEAT_MS).unref();
      const limit = setTimeout(end, MAX_STREAM_MS).unref();
      close = () => {
        following.stop();
        clearInterval(heartbeat);
        clearTimeout(limit);
        closers.delete(end);
        release();
      };
      closers.add(end);
      send(`retry: ${RETRY_MS}\n\n`);
      send(following.known.map((change) => toEvent("known", change)).join(""));
      signal.addEventListener("abort", () => {
        close();
      });
    },
    cancel: () => {
      close();
    },
  });
}

function toEvent(event: string, { topic, changedAt }: LiveChange): string {
  return `event: ${event}\ndata: ${topic} ${changedAt.toISOString()}\n\n`;
}

/** Ends all streams of this process, which otherwise keep its server open when it stops. */
export function endEventStreams(): void {
  for (const end of [...openStreams().closers]) {
    end();
  }
}

function openStreams(): { readonly slots: KeyedSlots; readonly closers: Set<() => void> } {
  return oncePerProcess("event streams", () => ({
    slots: keyedSlots(STREAM_LIMITS),
    closers: new Set<() => void>(),
  }));
}
