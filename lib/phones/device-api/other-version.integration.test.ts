import { beforeEach, expect, test } from "vitest";
import { deviceService } from "#phones/device-api/testing/device-service";
import { ruleTableState } from "#phones/check/server/rule-table-loader";
import { previewCheck } from "#phones/check/server/what-if";
import { aStoredUpdate, reloadRules } from "#phones/check/testing/stored-update";
import { versionKey } from "#foundation/core/version";
import { aContext } from "#foundation/core/testing/contexts";
import type { Device, DeviceSummary } from "#fleet/devices/model";
import { MAX_INSTALL_ATTEMPTS } from "#fleet/devices/progress";
import { EVERY_DEVICE } from "#fleet/devices/search-params";
import { countAffectedDevices } from "#phones/inventory/server/count-affected-devices";
import { findDevice } from "#phones/inventory/server/find-device";
import { listDevices } from "#phones/inventory/server/list-devices";
import { db } from "#foundation/platform/db/client";
import type { Pool } from "#fleet/pools/model";
import type { CheckAnswer } from "#formats/protocol/json-answer";
import { checkAnswer } from "#formats/protocol/json-answer";
import { createVersionMatch } from "#firmware/rules/server/create-version-match";
import { revokeVersionMatch } from "#firmware/rules/server/revoke-version-match";
import { CX600, aPool, act } from "#firmware/rules/testing/rules";

const OLD = "5.4.0.9000";
const NEW = "5.4.0.10182";
const THIRD = "5.4.0.10182 rts 7";

const { internal: server, flush } = deviceService();
let pool: Pool;
let ruleId: string;

beforeEach(async () => {
  pool = await aPool();
  ({ ruleId } = await aStoredUpdate(pool, { version: NEW }));
  await act("approve", ruleId);
  await reloadRules();
});

type Modules = readonly { readonly updateType: string; readonly version: string }[];

async function askWith(modules: Modules, trigger = "boot"): Promise<CheckAnswer> {
  const { deviceType, brand, model, revision, locale } = CX600;
  const device = { deviceType, brand, model, revision, locale, serialNumber: "S1" };
  const { status, json } = await server.send({
    method: "POST",
    path: "/api/update/check",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ device, trigger, modules }),
  });
  expect(status).toBe(200);
  return checkAnswer.parse(json());
}

function ask(version: string, trigger = "boot"): Promise<CheckAnswer> {
  return askWith([{ updateType: "CPE", version }], trigger);
}

async function load(): Promise<void> {
  const { deviceType, brand, model, revision, locale } = CX600;
  const path = [deviceType, brand, model, revision, locale, NEW, "CPE", "CPE.nbt"].join("/");
  expect((await server.send({ path: `/api/update/files/${path}` })).status).toBe(200);
  // The server records the end of the transfer when the socket has taken all data.
  await new Promise((resolve) => setTimeout(resolve, 50));
}

async function phone(): Promise<DeviceSummary> {
  await flush();
  const { devices } = await listDevices(aContext({ now: new Date() }), EVERY_DEVICE);
  const [device] = devices;
  if (device === undefined || devices.length > 1) {
    throw new Error("Expected exactly one phone.");
  }
  return device;
}

async function details(): Promise<Device | null> {
  const { id } = await phone();
  return findDevice(aContext({ now: new Date() }), { id });
}

/** Checks and downloads until the offer is suspended. */
async function suspend(): Promise<void> {
  await ask(OLD);
  for (let attempt = 0; attempt < MAX_INSTALL_ATTEMPTS; attempt += 1) {
    await load();
    expect((await ask(THIRD)).downloads).toBe(1);
    expect((await phone()).updates[0]).toMatchObject({ attempts: attempt + 1 });
  }
  await reloadRules();
}

test("shows that a phone reports a third version, and suspends the offer after several attempts", async () => {
  await suspend();

  expect((await ask(THIRD)).downloads).toBe(0);
  expect(await details()).toMatchObject({
    state: "suspended",
    progress: "other_version",
    outcome: "suspended",
    updates: [{ version: NEW, fromVersion: OLD, otherVersion: THIRD, fellBackAt: null }],
    judgements: [{ verdict: "suspended", version: NEW }],
  });
  const { total } = await listDevices(aContext({ now: new Date() }), {
    ...EVERY_DEVICE,
    state: ["suspended"],
    progress: ["other_version"],
  });
  expect(total).toBe(1);
});

test("knows suspended offers after a restart, and shows the same in What if", async () => {
  await suspend();
  await ask(THIRD);
  await flush();
  await (await ruleTableState().running)?.stop();
  ruleTableState().table = null;
  await reloadRules();

  expect((await ask(THIRD)).downloads).toBe(0);
  const { deviceType, brand, model, revision, locale } = CX600;
  const input = {
    hardware: { deviceType, brand, model, revision, locale },
    installed: [{ updateType: "CPE", version: THIRD }],
    macAddress: "",
    serialNumber: "S1",
    pool: "",
    side: "internal" as const,
    approve: null,
  };
  expect((await previewCheck(aContext(), input)).today).toMatchObject({
    outcome: "suspended",
    judgements: [{ verdict: "suspended" }],
  });
  const other = { ...input, serialNumber: "S2" };
  expect((await previewCheck(aContext(), other)).today.outcome).toBe("offered");
});

test("still offers another version, so that a rollback works", async () => {
  await suspend();
  const { ruleId: same } = await aStoredUpdate(pool, { version: "5.3.0.1" });
  await act("approve", same);
  await reloadRules();

  expect((await ask(THIRD)).modules[0]?.version).toBe("5.3.0.1");
  await phone();

  // The suspension has ended: the version has all its attempts again.
  expect(await db.suspendedOffer.count()).toBe(0);
});

test("treats two versions as the same after a declaration, until it is revoked", async () => {
  await suspend();
  const input = { ruleId, packageVersion: null, reportedVersion: THIRD, scope: "pool" } as const;
  const match = await createVersionMatch(aContext(), input);
  await reloadRules();

  expect((await phone()).state).toBe("up_to_date");
  expect((await ask(THIRD)).downloads).toBe(0);
  expect(await details()).toMatchObject({
    state: "up_to_date",
    progress: "running",
    outcome: "already_installed",
  });
  expect(await db.suspendedOffer.count()).toBe(0);
  const change = {
    ruleId,
    poolFqdn: pool.fqdn,
    hardware: CX600,
    updateType: "CPE",
    before: { approvedVersion: null, pendingVersion: NEW },
    after: { approvedVersion: NEW, pendingVersion: null },
  };
  expect((await countAffectedDevices(aContext(), [change])).get(ruleId)?.changing).toBe(0);

  await revokeVersionMatch(aContext(), { versionMatchId: match.id });
  await reloadRules();
  expect((await phone()).state).toBe("update_due");
  expect((await ask(THIRD)).downloads).toBe(1);
  const actions = await db.auditEntry.findMany({
    select: { action: true },
    orderBy: { id: "asc" },
  });
  expect(actions.slice(-2).map(({ action }) => action)).toEqual([
    "version_match.created",
    "version_match.revoked",
  ]);
});

test("applies a declaration to its pool only, and a declaration for all pools to every pool", async () => {
  const other = await aPool("pool02.contoso.com", "Paris");
  const { ruleId: elsewhere } = await aStoredUpdate(other, { version: NEW });
  await act("approve", elsewhere);
  const input = { ruleId: elsewhere, packageVersion: NEW, reportedVersion: THIRD } as const;
  await createVersionMatch(aContext(), { ...input, scope: "pool" });
  await reloadRules();
  expect((await ask(THIRD)).downloads).toBe(1);

  await createVersionMatch(aContext(), { ...input, scope: "all_pools" });
  await reloadRules();
  expect((await ask(THIRD)).downloads).toBe(0);
});

test("refuses a declaration by a viewer, a duplicate, and one of identical versions", async () => {
  const input = { ruleId, packageVersion: NEW, reportedVersion: THIRD, scope: "pool" } as const;
  const viewer = aContext({ role: "viewer" });
  await expect(createVersionMatch(viewer, input)).rejects.toMatchObject({ code: "forbidden" });
  const match = await createVersionMatch(aContext(), input);
  await expect(createVersionMatch(aContext(), input)).rejects.toMatchObject({ code: "conflict" });
  const nothing = { ...input, reportedVersion: ` ${NEW} ` };
  await expect(createVersionMatch(aContext(), nothing)).rejects.toMatchObject({
    code: "invalid_state",
  });
  const revoked = { versionMatchId: match.id };
  await expect(revokeVersionMatch(viewer, revoked)).rejects.toMatchObject({ code: "forbidden" });
});

test("ignores harmless differences of spelling between versions", async () => {
  const { ruleId: spelled } = await aStoredUpdate(pool, { version: "6.0 RTS 7" });
  await act("approve", spelled);
  await reloadRules();

  expect((await ask("6.0  rts 7")).downloads).toBe(0);
  expect((await phone()).state).toBe("up_to_date");
});

test("compares versions in PostgreSQL as in the program", async () => {
  const versions = ["5.4", " 5.4 ", "5.4\t RTS  7", "V5.4É", "", "  ", "a\nb"];
  for (const version of versions) {
    const [row] = await db.$queryRaw<[{ key: string; most: number }]>`
      SELECT version_key(${version}) AS "key", max_install_attempts() AS "most"`;
    expect(row).toEqual({ key: versionKey(version), most: MAX_INSTALL_ATTEMPTS });
  }
});

test("uses the first of two modules of one type in decision, list and Why, and never the boot loader", async () => {
  const modules = [
    { updateType: "Boot", version: "1.0" },
    { updateType: "CPE", version: NEW },
    { updateType: "CPE", version: OLD },
  ];
  expect((await askWith(modules)).downloads).toBe(0);
  expect(await phone()).toMatchObject({ state: "up_to_date", version: NEW });

  const swapped = [modules[0], modules[2], modules[1]].flatMap((module) => module ?? []);
  expect((await askWith(swapped)).modules[0]).toMatchObject({ fromVersion: OLD, version: NEW });
  expect(await details()).toMatchObject({
    state: "update_due",
    version: OLD,
    previousVersion: NEW,
    judgements: [{ verdict: "offered" }],
  });
});

test("records no version change when a new rule makes another module represent the phone", async () => {
  const modules = [
    { updateType: "Boot", version: "1.0" },
    { updateType: "CPE", version: OLD },
  ];
  await act("remove", ruleId);
  await reloadRules();
  await askWith(modules);
  expect((await phone()).version).toBe("1.0");

  const again = await aStoredUpdate(pool, { version: NEW });
  await act("approve", again.ruleId);
  await reloadRules();
  await askWith(modules);
  expect(await details()).toMatchObject({ version: OLD, previousVersion: null });

  await askWith([modules[0], { updateType: "CPE", version: NEW }].flatMap((one) => one ?? []));
  expect(await details()).toMatchObject({ version: NEW, previousVersion: OLD });
});
