import type { LiveTopic } from "#foundation/core/live-topics";

/** The clocks of two hosts, of which one sent the page and the other one tells of changes. */
const CLOCKS_DIFFER_MS = 1_000;

/** When topics last changed, as far as this page was told, by the clock of the server. */
const changes = new Map<string, Date>();

/** Remembers a change as the stream of the server writes it, `rules 2026-11-30T04:12:00.000Z`; returns its topic. */
export function learnChange(text: string): string {
  const [topic = "", time = ""] = text.split(" ");
  changes.set(topic, new Date(time));
  return topic;
}

/** Whether the topic has changed since the server loaded what the page shows. */
export function changedSince(topic: LiveTopic, loadedAt: Date): boolean {
  const changedMs = changes.get(topic)?.getTime() ?? -Infinity;
  return changedMs > loadedAt.getTime() - CLOCKS_DIFFER_MS;
}
