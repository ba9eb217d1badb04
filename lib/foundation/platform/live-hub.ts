import "server-only";
import type { LiveTopic } from "#foundation/core/live-topics";
import { LIVE_TOPICS } from "#foundation/core/live-topics";
import { LIVE_CHANNEL, RULES_CHANNEL } from "#foundation/platform/db/channels";
import { listen } from "#foundation/platform/db/listen";
import type { Subscription } from "#foundation/platform/db/listen";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** A topic, and when this process learned of its change. */
export type LiveChange = { readonly topic: LiveTopic; readonly changedAt: Date };
type LiveListener = (change: LiveChange) => void;

type LiveHub = {
  readonly listeners: Set<LiveListener>;
  /** The last of each topic. */
  readonly changes: Map<LiveTopic, LiveChange>;
};

/**
 * Calls the listener whenever one of the topics has changed, until `stop`. A page was loaded before it can follow: `known`
 * has the last change of each topic until now.
 */
export function followTopics(
  topics: ReadonlySet<LiveTopic>,
  listener: LiveListener,
): { readonly known: readonly LiveChange[]; readonly stop: () => void } {
  const { listeners, changes } = liveHub();
  const tell: LiveListener = (change) => {
    if (topics.has(change.topic)) {
      listener(change);
    }
  };
  listeners.add(tell);
  return {
    known: [...changes.values()].filter(({ topic }) => topics.has(topic)),
    stop: () => {
      listeners.delete(tell);
    },
  };
}

/** Tells the pages of this process that a topic has changed. */
export function tellFollowers(topic: LiveTopic): void {
  const { listeners, changes } = liveHub();
  const change = { topic, changedAt: new Date() };
  changes.set(topic, change);
  for (const listener of listeners) {
    listener(change);
  }
}

/**
 * Passes the notifications of PostgreSQL on to the pages of this process. Notifications from before a lost connection are
 * lost, so that every topic counts as changed when a connection begins to listen.
 */
export function startLiveHub(): Subscription {
  const subscriptions = [
    listen(LIVE_CHANNEL, {
      onNotify: (payload) => {
        const topic = LIVE_TOPICS.find((known) => known === payload);
        if (topic !== undefined) {
          tellFollowers(topic);
        }
      },
      onConnect: () => {
        LIVE_TOPICS.forEach(tellFollowers);
      },
    }),
    listen(RULES_CHANNEL, {
      onNotify: () => {
        tellFollowers("rules");
      },
      onConnect: () => {
        tellFollowers("rules");
      },
    }),
  ];
  return {
    stop: async () => {
      await Promise.all(subscriptions.map(({ stop }) => stop()));
    },
  };
}

function liveHub(): LiveHub {
  return oncePerProcess("live hub", () => ({
    listeners: new Set<LiveListener>(),
    changes: new Map<LiveTopic, LiveChange>(),
  }));
}
