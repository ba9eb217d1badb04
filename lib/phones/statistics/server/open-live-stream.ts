import "server-only";
import type { LiveTopic } from "#foundation/core/live-topics";
import { LIVE_TOPICS } from "#foundation/core/live-topics";
import type { Permission } from "#foundation/core/permissions";
import { may, requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { openEventStream } from "#foundation/platform/event-stream";
import { followTopics } from "#foundation/platform/live-hub";
import type { LiveListener } from "#foundation/platform/live-hub";
import { followChecks } from "#phones/check-log/server/follow-checks";

const PERMISSIONS = {
  statistics: "device:read",
  checks: "device:read",
  rules: "rule:read",
  imports: "import:read",
  captures: "capture:read",
  rollOuts: "rule:read",
} as const satisfies Record<LiveTopic, Permission>;

/** A stream of the topics that change, of those that the actor may read. Throws `unavailable` while too many are open. */
export function openLiveStream(
  { actor }: UseCaseContext,
  { signal }: { readonly signal: AbortSignal },
): ReadableStream {
  requirePermission(actor, "rule:read");
  const topics = new Set(LIVE_TOPICS.filter((topic) => may(actor, PERMISSIONS[topic])));
  return openEventStream({ owner: actor.id ?? actor.name, topics, follow, signal });
}

/** Processes announce all topics but checks, which are recorded too often to announce. */
function follow(listener: LiveListener): { readonly stop: () => void } {
  const sources = [
    followTopics(listener),
    followChecks(() => {
      listener("checks");
    }),
  ];
  return {
    stop: () => {
      sources.forEach((source) => {
        source.stop();
      });
    },
  };
}
