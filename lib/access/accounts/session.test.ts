import { expect, test } from "vitest";
import {
  MAX_SESSION_IDLE_SECONDS,
  MAX_SESSION_SECONDS,
  hasSessionEnded,
} from "#access/accounts/session";

const NOW = new Date("2026-03-02T18:00:00.000Z");

function before(seconds: number): Date {
  return new Date(NOW.getTime() - seconds * 1000);
}

test.each([
  { session: "used a moment ago", created: MAX_SESSION_SECONDS - 1, used: 0, hasEnded: false },
  { session: "at the absolute limit", created: MAX_SESSION_SECONDS, used: 0, hasEnded: true },
  { session: "almost idle", created: 30_000, used: MAX_SESSION_IDLE_SECONDS - 1, hasEnded: false },
  { session: "idle", created: 30_000, used: MAX_SESSION_IDLE_SECONDS, hasEnded: true },
])("returns $hasEnded for a session $session", ({ created, used, hasEnded }) => {
  const session = { createdAt: before(created), lastUsedAt: before(used) };
  expect(hasSessionEnded(session, NOW)).toBe(hasEnded);
});
