import "server-only";
import type { LiveTopic } from "#foundation/core/live-topics";
import { LIVE_TOPICS } from "#foundation/core/live-topics";
import { LIVE_CHANNEL, RULES_CHANNEL } from "#foundation/platform/db/channels";
import { listen } from "#foundation/platform/db/listen";
import type { Subscription } from "#foundation/platform/db/listen";
import { oncePerProcess } from "#foundation/platform/once-per-process";

export type LiveListener = (topic: LiveTopic) => void;

type LiveHub = {
  readonly listeners: Set<LiveListener>;
  subscriptions: readonly Subscription[];
};

/**
 * Calls the listener when something that pages show has changed, until `stop`. The process listens to PostgreSQL while it
 * has a listener. Notifications from before a lost connection are lost, so that every topic counts as changed after it.
 */
export function followTopics(listener: LiveListener): { readonly stop: () => void } {
  const hub = liveHub();
  hub.listeners.add(listener);
  if (hub.listeners.size === 1) {
    hub.subscriptions = subscribe(hub);
  }
  return {
    stop: () => {
      if (hub.listeners.delete(listener) && hub.listeners.size === 0) {
        hub.subscriptions.forEach((subscription) => void subscription.stop());
        hub.subscriptions = [];
      }
    },
  };
}

function subscribe({ listeners }: LiveHub): readonly Subscription[] {
  const tell = (topic: LiveTopic): void => {
    for (const listener of listeners) {
      listener(topic);
    }
  };
  let isFirst = true;
  return [
    listen(LIVE_CHANNEL, {
      onNotify: (payload) => {
        const topic = LIVE_TOPICS.find((known) => known === payload);
        if (topic !== undefined) {
          tell(topic);
        }
      },
      onConnect: () => {
        if (!isFirst) {
          LIVE_TOPICS.forEach(tell);
        }
        isFirst = false;
      },
    }),
    listen(RULES_CHANNEL, {
      onNotify: () => {
        tell("rules");
      },
      onConnect: () => undefined,
    }),
  ];
}

function liveHub(): LiveHub {
  return oncePerProcess("live hub", () => ({
    listeners: new Set<LiveListener>(),
    subscriptions: [],
  }));
}
