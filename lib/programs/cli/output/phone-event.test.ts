import { expect, test } from "vitest";
import { phoneEventText } from "#programs/cli/output/phone-event";
import type { PhoneEvent } from "#programs/simulator/events";

const EVENTS: readonly (readonly [string | null, PhoneEvent])[] = [
  [
    "found the service at http://ucupdates-r2.contoso.com (192.0.2.1)",
    { kind: "found", url: "http://ucupdates-r2.contoso.com", address: "192.0.2.1" },
  ],
  [
    "checks for updates at power-on; runs 4.0.0.1",
    { kind: "checking", trigger: "boot", version: "4.0.0.1" },
  ],
  [
    "is offered no update",
    { kind: "answered", channel: "approved", offered: [], nextCheckSeconds: 1 },
  ],
  [
    "is offered the pending version CPE 4.0.0.2",
    {
      kind: "answered",
      channel: "pending",
      offered: [{ updateType: "CPE", version: "4.0.0.2" }],
      nextCheckSeconds: 1,
    },
  ],
  [null, { kind: "receiving", fileName: "CPE.nbt", receivedBytes: 1, sizeBytes: 2 }],
  [
    "downloaded CPE.nbt, resumed at 1.5 MB; its digest is correct (0123456789ab…)",
    {
      kind: "downloaded",
      fileName: "CPE.nbt",
      sha256: "0123456789abcdef",
      resumedAtBytes: 1_500_000,
    },
  ],
  [
    "waits until the next check, 2026-11-22T20:00:00.000Z",
    { kind: "waiting", reason: "next_check", until: new Date("2026-11-22T20:00:00Z") },
  ],
  [
    "restarted with 4.0.0.2; 4.0.0.1 stays on the other partition",
    { kind: "installed", fromVersion: "4.0.0.1", toVersion: "4.0.0.2" },
  ],
  [
    "restarted, but the new version did not start: still runs 4.0.0.1",
    { kind: "install_failed", version: "4.0.0.1" },
  ],
  ["sends no more requests", { kind: "vanished" }],
];

test.each(EVENTS)("prints %j", (text, event) => {
  expect(phoneEventText(event)).toBe(text);
});

test("replaces control characters in a server's message", () => {
  const event = { kind: "check_failed", reason: "refused", message: "\u001b[2J" } as const;

  expect(phoneEventText(event)).not.toContain("\u001b");
});
