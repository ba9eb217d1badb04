import { beforeAll, beforeEach, expect, test } from "vitest";
import { deviceService } from "#phones/device-api/testing/device-service";
import { reloadRules } from "#phones/check/testing/stored-update";
import { PROBE_HEADER, makeProbeMark } from "#phones/check/server/probe-mark";
import type { TestedPhone } from "#phones/device-api/testing/tested-dialects";
import { TESTED_DIALECTS } from "#phones/device-api/testing/tested-dialects";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import { aPool } from "#firmware/rules/testing/rules";

const UNIDENTIFIED: TestedPhone = {
  brand: "POLYCOM",
  model: "CX600",
  macAddress: "",
  serialNumber: "",
  version: "1.0.0.0",
};
const MINUTE_MS = 60_000;
const [LYNC] = TESTED_DIALECTS.filter(({ dialect }) => dialect === "lync");

const { internal: inside, external: outside, flush } = deviceService({ lifetime: "file" });

beforeAll(async () => {
  await aPool();
  await reloadRules();
});

beforeEach(async () => {
  await emptyTables("Device", "StoredCheck");
});

async function triggerOf(mark: string, phone: Partial<TestedPhone> = {}): Promise<string> {
  await inside.send({
    method: "POST",
    path: "/RequestHandler/ucdevice.upx",
    headers: { [PROBE_HEADER]: mark },
    body: LYNC?.body({ ...UNIDENTIFIED, ...phone }) ?? "",
  });
  return latestTrigger();
}

async function latestTrigger(): Promise<string> {
  await flush();
  const [check, ...others] = await db.deviceCheck.findMany();
  expect(others).toEqual([]);
  return check?.trigger ?? "nothing is on record";
}

test("records a check of a readiness run as such, answered or refused", async () => {
  expect(await triggerOf(makeProbeMark(Date.now()))).toBe("readiness");

  await emptyTables("StoredCheck");
  const headers = { [PROBE_HEADER]: makeProbeMark(Date.now()) };
  await outside.send({ method: "POST", path: "/RequestHandlerExt/ucdevice.upx", headers });
  expect(await latestTrigger()).toBe("readiness");
});

test.each([
  ["made up", "readiness"],
  ["made up in the right form", `${Date.now()}.${"A".repeat(43)}`],
  ["of yesterday", makeProbeMark(Date.now() - 24 * 60 * MINUTE_MS)],
  ["of two minutes ago", makeProbeMark(Date.now() - 2 * MINUTE_MS)],
  ["of tomorrow", makeProbeMark(Date.now() + 24 * 60 * MINUTE_MS)],
  ["with another time", makeProbeMark(Date.now()).replace(/^\d+/, String(Date.now() + 1))],
  ["with something behind it", `${makeProbeMark(Date.now())}A`],
])("ignores a mark that is %s", async (_, mark) => {
  expect(await triggerOf(mark)).toBe("");
});

test.each([{ macAddress: "0004F2000176" }, { serialNumber: "07823-A345" }])(
  "records a phone that sends an intercepted mark as a phone: %o",
  async (phone) => {
    expect(await triggerOf(makeProbeMark(Date.now()), phone)).toBe("");
    expect(await db.device.count()).toBe(1);
  },
);
