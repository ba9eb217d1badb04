import fc from "fast-check";
import { expect, test } from "vitest";
import { DEFAULT_BRAKE } from "#fleet/pools/brake";
import type { BrakeFacts, BrakeOptions, QuietPhone } from "#phones/roll-outs/decide-brake";
import { decideBrake } from "#phones/roll-outs/decide-brake";

const NOW = new Date("2026-03-02T12:00:00Z");
const HOUR_MS = 60 * 60 * 1000;
const OPTIONS: BrakeOptions = {
  now: NOW,
  settings: { ...DEFAULT_BRAKE, brakePercent: 5, brakePhones: 5 },
  nextCheckSeconds: 24 * 60 * 60,
};

function ago(hours: number): Date {
  return new Date(NOW.getTime() - hours * HOUR_MS);
}

function quiet(
  hours: number,
  pauseHours: number | null,
  { network = "10.0.0", siteId = "berlin" }: { network?: string; siteId?: string | null } = {},
): QuietPhone {
  const longestPauseMs = pauseHours === null ? null : pauseHours * HOUR_MS;
  return { lastSignAt: ago(hours), longestPauseMs, network, siteId };
}

/** The neighbours are awake unless the test says otherwise. */
function facts(overrides: Partial<BrakeFacts>): BrakeFacts {
  return {
    installed: 100,
    fellBack: 0,
    quiet: [],
    networks: new Map([["10.0.0", { phones: 50, lastSeenAt: NOW }]]),
    sites: new Map([["berlin", { phones: 500, lastSeenAt: NOW }]]),
    pool: { phones: 5000, lastSeenAt: NOW },
    ...overrides,
  };
}

test.each([
  ["none", 100, 4],
  ["stop", 100, 5],
  ["none", 101, 5],
  ["stop", 5, 5],
  ["none", 4, 4],
  ["none", 0, 0],
] as const)("says %s with %i phones of which %i fell back", (action, installed, fellBack) => {
  expect(decideBrake(facts({ installed, fellBack }), OPTIONS).action).toBe(action);
});

test.each(["off", "warn", "stop"] as const)("a pool with %s does just that", (brake) => {
  const options = { ...OPTIONS, settings: { ...OPTIONS.settings, brake } };

  const { action } = decideBrake(facts({ installed: 10, fellBack: 10 }), options);

  expect(action).toBe(brake === "off" ? "none" : brake);
});

test.each([
  ["checks once a day, for two hours", quiet(2, 24), false],
  ["checks once a day, for two days", quiet(47, 24), false],
  ["checks once a day, for more than two days", quiet(49, 24), true],
  ["checks every hour, for two hours", quiet(2, 1), false],
  ["checks every hour, for four hours", quiet(4, 1), true],
  ["checks every minute, for ten minutes", quiet(10 / 60, 1 / 60), false],
  ["checks every minute, for twenty minutes", quiet(20 / 60, 1 / 60), true],
  ["has an unknown rhythm, for a day", quiet(25, null), false],
  ["has an unknown rhythm, for more than two days", quiet(49, null), true],
  ["was away for a week once, for more than two days", quiet(49, 7 * 24), true],
] as const)("a phone is missing by its own rhythm: it %s", (_, phone, isAway) => {
  expect(decideBrake(facts({ quiet: [phone] }), OPTIONS).figures.stayedAway).toBe(isAway ? 1 : 0);
});

test("ten phones that stay away stop a roll-out while their neighbours check", () => {
  const away = Array.from({ length: 10 }, () => quiet(5, 1));

  expect(decideBrake(facts({ quiet: away }), OPTIONS)).toEqual({
    action: "stop",
    figures: { installed: 100, fellBack: 0, stayedAway: 10, dark: 0, percent: 10 },
  });
});

test("the same ten phones do not, if no other phone of their network was seen since", () => {
  const away = Array.from({ length: 10 }, () => quiet(5, 1));
  const networks = new Map([["10.0.0", { phones: 50, lastSeenAt: ago(4.5) }]]);

  expect(decideBrake(facts({ quiet: away, networks }), OPTIONS)).toEqual({
    action: "none",
    figures: { installed: 90, fellBack: 0, stayedAway: 0, dark: 10, percent: 0 },
  });
});

test("phones without a neighbour in their network are compared with their site", () => {
  const away = Array.from({ length: 10 }, () => quiet(5, 1, { network: "10.9.9" }));
  const dark = new Map([["berlin", { phones: 500, lastSeenAt: ago(5) }]]);

  expect(decideBrake(facts({ quiet: away }), OPTIONS).action).toBe("stop");
  expect(decideBrake(facts({ quiet: away, sites: dark }), OPTIONS).action).toBe("none");
});

test.each([
  ["that has no other phone", "rome"],
  ["of none", null],
] as const)("phones at a site %s are compared with their pool", (_, siteId) => {
  const away = Array.from({ length: 10 }, () => quiet(5, 1, { network: "10.9.9", siteId }));
  const sites = new Map([["berlin", { phones: 500, lastSeenAt: ago(5) }]]);
  const pool = { phones: 5000, lastSeenAt: ago(5) };

  expect(decideBrake(facts({ quiet: away, sites }), OPTIONS).action).toBe("stop");
  expect(decideBrake(facts({ quiet: away, sites, pool }), OPTIONS).action).toBe("none");
});

test("one dark site does not stop a roll-out, and phones that stay away at several sites do", () => {
  const at = (siteId: string) => quiet(5, 1, { network: siteId, siteId });
  const sites = new Map([
    ["berlin", { phones: 500, lastSeenAt: ago(5) }],
    ["paris", { phones: 500, lastSeenAt: NOW }],
    ["rome", { phones: 500, lastSeenAt: NOW }],
  ]);
  const inBerlin = Array.from({ length: 20 }, () => at("berlin"));
  const spread = Array.from({ length: 5 }, () => [at("paris"), at("rome")]).flat();

  expect(decideBrake(facts({ quiet: inBerlin, sites }), OPTIONS)).toMatchObject({
    action: "none",
    figures: { installed: 80, stayedAway: 0, dark: 20 },
  });
  expect(decideBrake(facts({ quiet: [...inBerlin, ...spread], sites }), OPTIONS)).toMatchObject({
    action: "stop",
    figures: { installed: 80, stayedAway: 10, dark: 20 },
  });
});

test("without any other phone, phones that stay away count: nothing explains them", () => {
  const away = Array.from({ length: 10 }, () => quiet(5, 1));
  const alone = { phones: 0, lastSeenAt: null };
  const networks = new Map([["10.0.0", alone]]);

  const { action } = decideBrake(
    facts({ installed: 10, quiet: away, networks, sites: new Map(), pool: alone }),
    OPTIONS,
  );

  expect(action).toBe("stop");
});

test("never counts a phone twice; more failures never release the brake, and neighbours never apply it", () => {
  const phone = fc.record({
    lastSignAt: fc.nat(100).map(ago),
    longestPauseMs: fc.option(fc.nat(100).map((hours) => hours * HOUR_MS)),
    network: fc.constantFrom("10.0.0", "10.9.9"),
    siteId: fc.constantFrom("berlin", "rome", null),
  });
  fc.assert(
    fc.property(
      fc.array(phone, { maxLength: 20 }),
      fc.tuple(fc.nat(20), fc.nat(100)),
      fc.nat(100).map(ago),
      (quietPhones, [fellBack, running], lastSeenAt) => {
        const installed = quietPhones.length + fellBack + running;
        const networks = new Map([["10.0.0", { phones: 50, lastSeenAt }]]);
        const input = facts({ installed, fellBack, quiet: quietPhones, networks });
        const { action, figures } = decideBrake(input, OPTIONS);
        expect(figures.stayedAway + figures.dark).toBeLessThanOrEqual(quietPhones.length);
        expect(figures.percent).toBeLessThanOrEqual(100);
        const worse = decideBrake({ ...input, fellBack: fellBack + running }, OPTIONS);
        expect(action === "stop" && worse.action === "none").toBe(false);
        const pool = { phones: 0, lastSeenAt: null };
        const alone = { ...input, networks: new Map(), sites: new Map(), pool };
        expect(action === "stop" && decideBrake(alone, OPTIONS).action === "none").toBe(false);
      },
    ),
  );
});
