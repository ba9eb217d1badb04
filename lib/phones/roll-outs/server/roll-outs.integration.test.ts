import { beforeEach, expect, test } from "vitest";
import type { RollOutState } from "#fleet/devices/roll-out-state";
import { ROLL_OUT_STATES } from "#fleet/devices/roll-out-state";
import { EVERY_DEVICE } from "#fleet/devices/search-params";
import { aContext } from "#foundation/core/testing/contexts";
import { DAY_MS } from "#foundation/core/time";
import { db } from "#foundation/platform/db/client";
import { setNetworks } from "#fleet/sites/server/set-networks";
import type { Pool } from "#fleet/pools/model";
import type { RuleAction } from "#firmware/rules/model";
import { reviewInput, undoInput } from "#firmware/rules/schema";
import { reviewRules } from "#firmware/rules/server/review-rules";
import { undoReview } from "#firmware/rules/server/undo-review";
import { CX600, aPool } from "#firmware/rules/testing/rules";
import { checkForUpdate } from "#phones/check/server/check-for-update";
import { checkService } from "#phones/check/testing/check-service";
import { aStoredUpdate, reloadRules } from "#phones/check/testing/stored-update";
import type { StoredUpdate } from "#phones/check/testing/stored-update";
import { aRecord, storeChecks, storeDownloads } from "#phones/check-log/testing/records";
import { listDevices } from "#phones/inventory/server/list-devices";
import { previewImpact } from "#phones/inventory/server/preview-impact";
import { EVERY_ROLL_OUT } from "#phones/roll-outs/search-params";
import type { RollOutSearch } from "#phones/roll-outs/search-params";
import { continueRollOut } from "#phones/roll-outs/server/continue-roll-out";
import { countHaltedRollOuts } from "#phones/roll-outs/server/count-halted-roll-outs";
import { findRollOut } from "#phones/roll-outs/server/find-roll-out";
import { listRollOuts } from "#phones/roll-outs/server/list-roll-outs";
import { watchRollOuts } from "#phones/roll-outs/server/watch-roll-outs";

const OLD = "4.0.7577.4100";
const NEW = "4.0.7577.4387";
const MINUTE_MS = 60 * 1000;
const DAY_MINUTES = DAY_MS / MINUTE_MS;
/** Three days ago, so that no step of a test is in the future. */
const START_MS = Date.now() - 3 * DAY_MS;

const { flush } = checkService();

let pool: Pool;
let update: StoredUpdate;

/** `minutes` after the approval. */
function after(minutes: number): Date {
  return new Date(START_MS + minutes * MINUTE_MS);
}

/** Each phone has an address of its own. */
let addressOf: (n: number) => string;

type PhoneCheck = {
  readonly version?: string;
  readonly trigger?: "boot" | "timer";
};

/** A check of phone number `n`; returns the verdicts. */
function check(
  n: number,
  minutes: number,
  { version = OLD, trigger = "timer" }: PhoneCheck = {},
): readonly string[] {
  const context = {
    now: after(minutes),
    side: "internal",
    dialect: "json",
    address: addressOf(n),
    host: null,
    accountName: null,
    boundMacAddress: null,
    isProbe: false,
    poolFqdn: pool.fqdn,
  } as const;
  const body = {
    device: { ...CX600, serialNumber: `S${n}` },
    trigger,
    modules: [{ updateType: "CPE", fileName: "CPE.nbt", version }],
  };
  const { check: judged } = checkForUpdate(context, JSON.stringify(body));
  return judged.judged.map(({ judgement }) => judgement.verdict);
}

async function download(
  n: number,
  minutes: number,
  stages: readonly ("started" | "finished")[],
): Promise<void> {
  await flush();
  await storeDownloads(
    stages.map((stage, step) => ({
      at: new Date(after(minutes).getTime() + step),
      stage,
      address: addressOf(n),
      side: "internal",
      accountName: null,
      macAddress: null,
      sha256: update.sha256,
      hardwareKey: null,
    })),
  );
}

async function review(action: RuleAction, minutes: number, mayWithdraw = false) {
  const input = reviewInput.parse({ action, rules: [{ ruleId: update.ruleId }], mayWithdraw });
  const { changed } = await reviewRules(aContext({ now: after(minutes) }), input);
  await reloadRules();
  return changed[0];
}

/** What the review dialog says. */
async function predicted(action: RuleAction): Promise<number | undefined> {
  const input = reviewInput.parse({ action, rules: [{ ruleId: update.ruleId }] });
  const { changed } = await previewImpact(aContext(), input);
  return changed[0]?.impact.changing;
}

async function watch(minutes: number): Promise<void> {
  await flush();
  await watchRollOuts(after(minutes));
}

async function rollOuts() {
  return db.rollOut.findMany({ orderBy: { eventId: "asc" } });
}

/** The numbers of the newest sample that are not 0. */
async function figures(): Promise<Record<string, number>> {
  const [sample] = await db.rollOutSample.findMany({ orderBy: { at: "desc" }, take: 1 });
  return Object.fromEntries(
    Object.entries(sample ?? {}).flatMap(([name, value]) =>
      typeof value === "number" && value > 0 ? [[name, value] as const] : [],
    ),
  );
}

beforeEach(async () => {
  addressOf = (n) => `10.0.0.${n}`;
  pool = await aPool();
  update = await aStoredUpdate(pool, { version: OLD });
  await review("approve", -3 * DAY_MINUTES);
  update = await aStoredUpdate(pool, { version: NEW });
  await reloadRules();
  // Seven phones that run the old version, one that runs the new one, and one that is silent.
  for (let n = 1; n <= 7; n += 1) {
    check(n, -60);
  }
  check(8, -60, { version: NEW });
  check(9, -3 * DAY_MINUTES + 1);
  await flush();
  await watch(-30);
});

test("follows the phones from the prediction of the review to the end", async () => {
  const target = await predicted("approve");
  expect(target).toBe(8);
  await review("approve", 0);
  await watch(1);
  expect(await rollOuts()).toMatchObject([
    { kind: "approval", toVersion: OLD, endReason: "nothing_to_move" },
    { kind: "approval", fromVersion: OLD, toVersion: NEW, target, endedAt: null },
  ]);
  expect(await figures()).toEqual({ waiting: 7, silent: 1 });

  for (let n = 1; n <= 6; n += 1) {
    check(n, 10);
  }
  // A new phone with the old version, and one with the new version: neither was predicted.
  check(20, 10);
  check(21, 10, { version: NEW });
  await watch(11);
  expect(await figures()).toEqual({ waiting: 1, silent: 1, offered: 6, joined: 1 });

  await download(1, 20, ["started"]);
  for (const n of [2, 3, 4, 5, 20]) {
    await download(n, 20, ["started", "finished"]);
  }
  await watch(21);
  expect(await figures()).toEqual({
    ...{ waiting: 1, silent: 1, offered: 1, downloading: 1, downloaded: 4, joined: 1 },
  });

  check(2, 30, { version: NEW, trigger: "boot" });
  check(3, 30, { version: OLD, trigger: "boot" });
  check(4, 30, { version: "4.0.9999.1", trigger: "boot" });
  check(20, 30, { version: NEW, trigger: "boot" });
  // It has the new version from another source.
  check(7, 30, { version: NEW, trigger: "boot" });
  await watch(31);
  expect(await figures()).toEqual({
    ...{ silent: 1, offered: 1, downloading: 1, downloaded: 1, running: 2, fellBack: 1 },
    ...{ otherVersion: 1, joined: 1, joinedRunning: 1 },
  });

  // Phone 5 never checks again, and phone 9 is removed.
  await db.device.deleteMany({ where: { serialNumber: "S9" } });
  for (const n of [1, 2, 3, 4, 6]) {
    check(n, 2.5 * DAY_MINUTES, { version: NEW, trigger: "boot" });
  }
  await watch(2.5 * DAY_MINUTES + 1);
  expect(await figures()).toMatchObject({ running: 6, neverCameBack: 1, left: 1 });
  expect((await rollOuts()).at(-1)).toMatchObject({ endedAt: null, settledAt: null });

  check(5, 2.6 * DAY_MINUTES, { version: NEW });
  await watch(2.6 * DAY_MINUTES + 1);
  expect((await rollOuts()).at(-1)).toMatchObject({ endReason: "complete" });
  expect(await statesAtEnd()).toEqual({ running: 7, left: 1 });
});

async function statesAtEnd(): Promise<Partial<Record<RollOutState, number>>> {
  const last = (await rollOuts()).at(-1);
  const rows = await db.rollOutPhone.groupBy({
    by: ["state"],
    where: { rollOutId: last?.id ?? "" },
    _count: true,
  });
  return Object.fromEntries(rows.map(({ state, _count }) => [state ?? "unsettled", _count]));
}

test("predicts the same target if the process was killed before it counted the phones", async () => {
  const target = await predicted("approve");
  await review("approve", 0);
  // No process counts: phones are offered the version, and one runs it already.
  check(1, 5);
  check(2, 5);
  await download(2, 6, ["started", "finished"]);
  check(2, 10, { version: NEW, trigger: "boot" });
  check(20, 10);
  await watch(15);

  expect((await rollOuts()).at(-1)).toMatchObject({ target });
  expect(await figures()).toEqual({ waiting: 5, silent: 1, offered: 1, running: 1, joined: 1 });
});

test("a restore ends the roll-out with the states of that moment, and is a roll-out itself", async () => {
  await review("approve", 0);
  await watch(1);
  for (const n of [1, 2, 3]) {
    check(n, 5);
    await download(n, 6, ["started", "finished"]);
    check(n, 10, { version: NEW, trigger: "boot" });
  }
  await watch(11);
  const target = await predicted("restore");
  // Three phones of the roll-out, and the one that had the new version before.
  expect(target).toBe(4);
  await review("restore", 20);
  await watch(21);

  const [, forward, back] = await rollOuts();
  expect(forward).toMatchObject({ endReason: "superseded", endedAt: after(20) });
  expect(back).toMatchObject({ kind: "restore", previousId: forward?.id, toVersion: OLD, target });
  const settled = await db.rollOutPhone.count({
    where: { rollOutId: forward?.id ?? "", state: "running" },
  });
  expect(settled).toBe(3);
});

test("an undo is a roll-out; a withdrawal and a removal move no phone", async () => {
  const approved = await review("approve", 0);
  const input = undoInput.parse({ eventId: approved?.eventId ?? "" });
  await undoReview(aContext({ now: after(1) }), input);
  await review("restore", 2, true);
  await reviewRules(
    aContext({ now: after(3) }),
    reviewInput.parse({ action: "remove", rules: [{ ruleId: update.ruleId }] }),
  );
  await watch(5);

  expect(await rollOuts()).toMatchObject([
    { kind: "approval", endReason: "nothing_to_move" },
    { kind: "approval", endReason: "superseded", target: 8 },
    { kind: "undo", toVersion: OLD, endReason: "superseded" },
    { kind: "withdrawal", toVersion: null, endReason: "nothing_to_move", target: 0 },
  ]);
});

test("each number is the length of the list of phones that it links to, before and after the end", async () => {
  await review("approve", 0);
  await watch(1);
  for (const n of [1, 2, 3]) {
    check(n, 5);
  }
  await download(1, 6, ["started"]);
  for (const n of [2, 3]) {
    await download(n, 6, ["started", "finished"]);
    check(n, 10, { version: n === 2 ? NEW : OLD, trigger: "boot" });
  }
  await watch(11);
  const id = (await rollOuts()).at(-1)?.id ?? "";
  await expectListsToProve(id, 11);

  await review("restore", 20);
  // It is offered the old version now, which replaces what was known about the new one.
  check(2, 21, { version: NEW });
  await watch(22);
  await expectListsToProve(id, 22);
});

async function expectListsToProve(id: string, minutes: number): Promise<void> {
  const context = aContext({ now: after(minutes) });
  const details = await findRollOut(context, id);
  expect(details).not.toBeNull();
  for (const state of ROLL_OUT_STATES) {
    const search = { ...EVERY_DEVICE, rollOut: id, rollOutState: [state] };
    const { total } = await listDevices(context, search);
    expect([state, total]).toEqual([state, details?.rollOut.counts?.[state]]);
  }
}

test("lists roll-outs by pool, model, state and rule, and refuses roles and names it does not know", async () => {
  const other = await aPool("pool02.contoso.com", "Berlin");
  await review("approve", 0);
  await watch(1);
  const context = aContext({ now: after(2) });
  const find = async (search: Partial<RollOutSearch>) =>
    (await listRollOuts(context, { ...EVERY_ROLL_OUT, ...search })).rollOuts;

  expect(await find({})).toMatchObject([
    { status: "under_way", siteName: "Default", counts: { waiting: 7 }, expectedFinish: null },
    { status: "nothing_to_move" },
  ]);
  expect(await find({ state: ["under_way", "halted"], model: ["cx600"] })).toHaveLength(1);
  expect(await find({ q: `cx600 ${NEW} pool01` })).toHaveLength(1);
  expect(await find({ q: `cx600 ${NEW} pool02` })).toEqual([]);
  expect(await find({ pool: [other.fqdn] })).toEqual([]);
  expect(await find({ ruleId: update.ruleId })).toHaveLength(2);
  await expect(find({ pool: ["nowhere"] })).rejects.toMatchObject({ code: "invalid_input" });
  expect(await findRollOut(context, update.ruleId)).toBeNull();
  await expect(
    listDevices(context, { ...EVERY_DEVICE, rollOut: update.ruleId }),
  ).rejects.toMatchObject({ code: "not_found" });
});

/** All seven phones download the version; the last ones check every hour before. */
async function installEverywhere(): Promise<void> {
  for (let minutes = -180; minutes < -60; minutes += 60) {
    for (let n = 1; n <= 7; n += 1) {
      check(n, minutes);
    }
  }
  await review("approve", 0);
  await watch(1);
  for (let n = 1; n <= 7; n += 1) {
    check(n, 10);
  }
  for (let n = 1; n <= 7; n += 1) {
    await download(n, 11, ["started", "finished"]);
  }
}

test("the brake halts a roll-out whose phones fall back; an administrator continues it, and it counts anew", async () => {
  await installEverywhere();
  check(1, 20, { version: NEW, trigger: "boot" });
  for (const n of [2, 3, 4, 5, 6]) {
    check(n, 20, { trigger: "boot" });
  }
  await watch(21);
  await reloadRules();

  const id = (await rollOuts()).at(-1)?.id ?? "";
  const context = aContext({ now: after(22) });
  const halted = await findRollOut(context, id);
  expect(halted).toMatchObject({
    rollOut: { status: "halted", haltedAt: after(21), expectedFinish: null },
    events: [{ kind: "halted", actorName: "ucupdates", figures: { installed: 7, fellBack: 5 } }],
  });
  expect(await countHaltedRollOuts(context)).toBe(1);
  expect(await db.auditEntry.findMany({ where: { action: "roll_out.halted" } })).toMatchObject([
    { actorKind: "system", subjectId: id },
  ]);
  expect(await db.notice.findMany({ where: { kind: "brake" } })).toHaveLength(1);

  // A phone that does not run the version gets nothing, and what is known of its update is kept.
  expect(check(9, 23)).toEqual(["halted"]);
  expect(check(1, 23, { version: NEW })).toEqual(["already_installed"]);
  check(2, 23);
  await watch(24);
  expect(await figures()).toMatchObject({ fellBack: 5, running: 1 });
  expect(await listStates(24)).toEqual({ halted: 7, up_to_date: 2 });

  const viewer = aContext({ role: "viewer" });
  const input = { rollOutId: id, reason: "Old boot loaders, known." };
  await expect(continueRollOut(viewer, input)).rejects.toMatchObject({ code: "forbidden" });
  await continueRollOut(aContext({ now: after(30) }), input);
  await reloadRules();
  await watch(31);
  expect(check(9, 32)).toEqual(["offered"]);
  expect((await rollOuts()).at(-1)).toMatchObject({ haltedAt: null, brakeFrom: after(30) });
  await expect(continueRollOut(context, input)).rejects.toMatchObject({ code: "invalid_state" });
});

test("phones that stay away halt a roll-out while others check, but not if the whole site is dark", async () => {
  await installEverywhere();
  const id = (await rollOuts()).at(-1)?.id ?? "";
  // No phone of the site has checked since the downloads.
  await watch(6 * 60);
  expect((await rollOuts()).at(-1)).toMatchObject({ haltedAt: null });

  // The power is back: a phone that is not part of the roll-out checks.
  check(8, 6 * 60 + 5, { version: NEW });
  await watch(6 * 60 + 6);
  expect(await findRollOut(aContext(), id)).toMatchObject({
    rollOut: { status: "halted" },
    events: [{ figures: { installed: 7, fellBack: 0, stayedAway: 7, dark: 0 } }],
  });
});

/** The phones check from networks of their own, which belong to these sites. */
async function moveToSites(siteOf: (n: number) => string | null): Promise<void> {
  const phones = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  await setNetworks(aContext(), {
    networks: phones.flatMap((n) => {
      const siteName = siteOf(n);
      return siteName === null ? [] : [{ network: `10.${n}.0.0/16`, siteName }];
    }),
  });
  addressOf = (n) => `10.${n}.0.1`;
  for (const n of phones) {
    check(n, -20, { version: n === 8 ? NEW : OLD });
  }
  await flush();
}

test("counts the phones by their own site, else that of their pool, until the end", async () => {
  await moveToSites((n) => (n <= 3 ? "Berlin" : n <= 6 ? "Paris" : null));
  await review("approve", 0);
  await watch(1);
  const id = (await rollOuts()).at(-1)?.id ?? "";
  // Phones 7 and 9; phone 8 runs the version.
  expect(await figuresBySite(id)).toEqual({
    ...{ Berlin: { waiting: 3 }, Paris: { waiting: 3 } },
    [pool.siteName]: { waiting: 2 },
  });

  check(1, 5);
  check(4, 5);
  check(1, 10, { version: NEW, trigger: "boot" });
  await watch(11);
  expect(await figuresBySite(id)).toMatchObject({
    Berlin: { waiting: 2, running: 1 },
    Paris: { waiting: 2, offered: 1 },
  });
  await expectListsToProveSites(id, 11);

  const moveTo = (siteName: string) =>
    setNetworks(aContext(), { networks: [{ network: "10.4.0.0/16", siteName }] });
  await moveTo("Berlin");
  await watch(12);
  expect(await figuresBySite(id)).toMatchObject({
    Berlin: { waiting: 2, running: 1, offered: 1 },
    Paris: { waiting: 2 },
  });

  await review("restore", 20);
  await watch(21);
  await moveTo("Rome");
  await watch(22);
  expect(await figuresBySite(id)).toMatchObject({
    Berlin: { waiting: 2, running: 1, offered: 1 },
    Paris: { waiting: 2 },
  });
});

async function sitesOf(id: string) {
  return (await findRollOut(aContext(), id))?.sites.get(id) ?? [];
}

/** The numbers of each site that are not 0. */
async function figuresBySite(id: string): Promise<Record<string, Record<string, number>>> {
  return Object.fromEntries(
    (await sitesOf(id)).map(({ siteName, ...counts }) => [
      siteName ?? "",
      Object.fromEntries(Object.entries(counts).filter(([, phones]) => phones > 0)),
    ]),
  );
}

async function expectListsToProveSites(id: string, minutes: number): Promise<void> {
  const context = aContext({ now: after(minutes) });
  for (const { siteName, ...counts } of await sitesOf(id)) {
    for (const state of ROLL_OUT_STATES) {
      const search = { rollOut: id, rollOutState: [state], site: [siteName ?? ""] };
      const { total } = await listDevices(context, { ...EVERY_DEVICE, ...search });
      expect([siteName, state, total]).toEqual([siteName, state, counts[state]]);
    }
  }
}

test("a dark site inside a pool does not halt a roll-out while the other sites of the pool check", async () => {
  await moveToSites((n) => (n === 9 ? "Paris" : "Berlin"));
  await installEverywhere();
  const id = (await rollOuts()).at(-1)?.id ?? "";

  check(9, 6 * 60 + 5);
  await watch(6 * 60 + 6);
  expect((await rollOuts()).at(-1)).toMatchObject({ haltedAt: null });

  check(8, 6 * 60 + 7, { version: NEW });
  await watch(6 * 60 + 8);
  expect(await findRollOut(aContext(), id)).toMatchObject({
    rollOut: { status: "halted" },
    events: [{ figures: { installed: 7, stayedAway: 7, dark: 0 } }],
  });
});

test("phones that stay away at several sites halt a roll-out, and phones that were silent before excuse none", async () => {
  await moveToSites((n) => (n <= 3 || n === 8 ? "Berlin" : "Paris"));
  // The only neighbour of phone 1 was last seen long ago.
  const long = after(-6 * DAY_MINUTES);
  await installEverywhere();
  await storeChecks([
    aRecord({ poolId: pool.id, serialNumber: "old", address: "10.1.0.9", at: long }),
  ]);

  check(8, 6 * 60 + 5, { version: NEW });
  check(9, 6 * 60 + 5);
  await watch(6 * 60 + 6);

  const id = (await rollOuts()).at(-1)?.id ?? "";
  expect(await findRollOut(aContext(), id)).toMatchObject({
    rollOut: { status: "halted" },
    events: [{ figures: { installed: 7, stayedAway: 7, dark: 0 } }],
  });
});

test.each([
  ["off", 0, null],
  ["warn", 1, null],
] as const)(
  "a pool whose brake is %s goes on, with %i notices",
  async (brake, notices, haltedAt) => {
    await db.pool.update({ where: { id: pool.id }, data: { brake } });
    await installEverywhere();
    for (const n of [1, 2, 3, 4, 5, 6]) {
      check(n, 20, { trigger: "boot" });
    }
    await watch(21);
    await watch(22);

    expect((await rollOuts()).at(-1)).toMatchObject({ haltedAt });
    expect(await db.notice.count({ where: { kind: "brake" } })).toBe(notices);
  },
);

async function listStates(minutes: number): Promise<Record<string, number>> {
  const { devices } = await listDevices(aContext({ now: after(minutes) }), EVERY_DEVICE);
  const states: Record<string, number> = {};
  for (const { state } of devices) {
    states[state] = (states[state] ?? 0) + 1;
  }
  return states;
}
