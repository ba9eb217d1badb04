import "server-only";
import type { LiveTopic } from "#foundation/core/live-topics";
import { LIVE_TOPICS } from "#foundation/core/live-topics";
import type { Permission } from "#foundation/core/permissions";
import { may, requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { openEventStream } from "#foundation/platform/event-stream";
import { startLiveSources } from "#phones/statistics/server/start-live-sources";

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
  startLiveSources();
  const topics = new Set(LIVE_TOPICS.filter((topic) => may(actor, PERMISSIONS[topic])));
  return openEventStream({ owner: actor.id ?? actor.name, topics, signal });
}
