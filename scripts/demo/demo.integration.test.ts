import { beforeAll, expect, test, vi } from "vitest";
import { listRetiredPhones } from "#fleet/devices/server/list-retired-phones";
import { findConflicts, listGhosts } from "#fleet/devices/server/find-doubtful-phones";
import { EVERY_DEVICE } from "#fleet/devices/search-params";
import { aContext } from "#foundation/core/testing/contexts";
import { db } from "#foundation/platform/db/client";
import { directDatabaseUrl } from "#foundation/platform/db/database-url";
import { reloadRules } from "#phones/check/testing/stored-update";
import { deviceService } from "#phones/device-api/testing/device-service";
import { listDevices } from "#phones/inventory/server/list-devices";
import { EVERY_ROLL_OUT } from "#phones/roll-outs/search-params";
import { listRollOuts } from "#phones/roll-outs/server/list-roll-outs";
import { findStatistics } from "#phones/statistics/server/find-statistics";
import { sampleFleet } from "#phones/statistics/server/sample-fleet";
import { totalsOf } from "#phones/statistics/count-fleet";
import type { LivingPhone } from "./count-history.ts";
import { fillDemo } from "./fill-demo.ts";
import { keepAsking } from "./phones.ts";
import { POOLS, versionsOf } from "./plan.ts";
import type { PlayedHistory } from "./play-history.ts";

const PHONES = 500;

const { internal: server } = deviceService({
  env: { TRUSTED_PROXIES: "127.0.0.1" },
  lifetime: "file",
});
let played: PlayedHistory;

beforeAll(async () => {
  expect(await fillDemo(PHONES, (history) => (played = history))).toBe("filled");
}, 400_000);

function living(isMeant: (living: LivingPhone) => boolean): readonly LivingPhone[] {
  return played.phones.filter((phone) => phone.now.checks > 0 && isMeant(phone));
}

test("the panel's figures and lists agree with what the pretended phones did", async () => {
  const context = aContext({ now: played.endedAt });
  await sampleFleet(context, { minAgeMs: 0 });
  const { figures, phones, samples } = await findStatistics(context, { range: "month" });

  const planned = totalsOf(played.counts);
  expect(figures).toEqual(planned);
  expect(phones).toBe(living(({ now }) => !now.isRetired).length);
  expect(samples.length).toBeGreaterThan(50);
  for (const figure of ["update_due", "in_trouble", "silent", "waiting_for_test"] as const) {
    const { total } = await listDevices(context, { ...EVERY_DEVICE, state: [figure] });
    expect(total, figure).toBe(planned[figure]);
    expect(total, figure).toBeGreaterThan(0);
  }
  const retired = await listRetiredPhones(context, {
    q: "",
    sort: "retiredAt",
    order: "desc",
    page: 1,
  });
  expect(retired.total).toBe(living(({ now }) => now.isRetired).length);
  expect(retired.total).toBeGreaterThan(0);
});

test("roll-outs have their phones by state, ended and under way", async () => {
  const context = aContext({ now: played.endedAt });
  const { rollOuts } = await listRollOuts(context, EVERY_ROLL_OUT, { size: 1_000 });

  const lyon = rollOuts.find(
    ({ poolFqdn, hardware, endedAt: end }) =>
      poolFqdn.includes("lyon") && hardware.model === "CX600" && end === null,
  );
  const members = living(
    ({ phone, now }) =>
      !now.isRetired &&
      phone.pool.siteName === "Lyon" &&
      phone.kind.hardware.model === "CX600" &&
      phone.life !== "flood",
  );
  const running = members.filter(({ phone, now }) => now.version === versionsOf(phone.kind).next);
  expect(lyon?.target).toBe(members.length);
  expect(lyon?.counts).toMatchObject({ running: running.length, left: 0, joined: 0 });
  expect(running.length).toBeGreaterThan(0);
  expect(new Set(rollOuts.map(({ status }) => status))).toEqual(
    new Set(["under_way", "complete", "nothing_to_move"]),
  );
});

test("phones that share an address or a serial number, and ghosts, are found", async () => {
  const context = aContext({ now: played.endedAt });
  const { sharedAddresses, sharedSerials } = await findConflicts(context);
  expect(sharedAddresses).toHaveLength(3);
  expect(sharedSerials.map(({ rows }) => rows)).toEqual([2, 2]);
  const ghosts = living(({ phone }) => phone.life === "ghost");
  expect((await listGhosts(context, { page: 1 })).total).toBe(ghosts.length);
});

test("phones are at the site of the network of their address", async () => {
  const [berlin] = POOLS;
  const { total } = await listDevices(aContext({ now: played.endedAt }), {
    ...EVERY_DEVICE,
    site: [berlin.siteName],
  });
  expect(total).toBe(living(({ phone, now }) => !now.isRetired && phone.pool === berlin).length);
});

test("a filled instance is left as it is", async () => {
  expect(await fillDemo(PHONES)).toBe("filled_before");
});

test("pretended phones keep asking, download and report what they installed", async () => {
  await reloadRules();
  const stopping = new AbortController();
  const asking = keepAsking({
    databaseUrl: directDatabaseUrl(),
    serverUrl: `http://127.0.0.1:${server.port}`,
    signal: stopping.signal,
    checksPerSecond: 200,
    installMs: 0,
  });
  await vi.waitFor(
    async () => {
      expect(
        await db.device.count({
          where: {
            lastSeenAt: { gt: played.endedAt },
            trigger: "boot",
            updatedAt: { gt: played.endedAt },
          },
        }),
      ).toBeGreaterThan(0);
    },
    { timeout: 30_000, interval: 100 },
  );
  stopping.abort();
  await asking;
});
