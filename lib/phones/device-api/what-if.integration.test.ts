import { beforeEach, expect, test } from "vitest";
import { aCheckBody } from "#phones/check/testing/check-body";
import { deviceService } from "#phones/device-api/testing/device-service";
import { ruleTableState } from "#phones/check/server/rule-table-loader";
import { previewCheck } from "#phones/check/server/what-if";
import { aStoredUpdate, reloadRules } from "#phones/check/testing/stored-update";
import type { WhatIfInput } from "#phones/check/what-if-input";
import { aContext } from "#foundation/core/testing/contexts";
import { db } from "#foundation/platform/db/client";
import type { Pool } from "#fleet/pools/model";
import { aPool, act } from "#firmware/rules/testing/rules";
import { createTestDeviceInput } from "#fleet/test-devices/schema";
import { createTestDevice } from "#fleet/test-devices/server/create-test-device";

const MAC = "00-04-F2-00-01-76";
const OLD = "4.0.7577.4100";
const NEW = "4.0.7577.4387";

const { internal: server, flush } = deviceService();
let pool: Pool;

beforeEach(async () => {
  pool = await aPool();
});

function aPhone(overrides: Partial<WhatIfInput> = {}): WhatIfInput {
  return {
    hardware: {
      deviceType: "UCPhone",
      brand: "POLYCOM",
      model: "CX600",
      revision: "A",
      locale: "ENU",
    },
    installed: [{ updateType: "CPE", version: OLD }],
    macAddress: MAC,
    serialNumber: "",
    pool: "",
    side: "internal",
    approve: null,
    ...overrides,
  };
}

/** What the phone is really answered. */
async function ask(): Promise<unknown> {
  const { json } = await server.send({
    method: "POST",
    path: "/api/update/check",
    body: aCheckBody("json", { macAddress: MAC, version: OLD }),
  });
  return json();
}

test("today's answer and the answer after an approval are those the phone gets before and after it", async () => {
  const { ruleId } = await aStoredUpdate(pool, { version: NEW });
  await reloadRules();

  const foreseen = await previewCheck(aContext(), aPhone({ approve: { ruleId } }));

  expect(foreseen.approvable).toEqual([{ ruleId, updateType: "CPE", version: NEW }]);
  expect(foreseen.today.answer).toEqual(await ask());
  expect(foreseen.today.answer.downloads).toBe(0);
  await act("approve", ruleId);
  await reloadRules();
  expect(foreseen.afterApproval?.answer).toEqual(await ask());
  expect(foreseen.afterApproval?.answer.downloads).toBe(1);
});

test("a test device is foreseen what it gets", async () => {
  await aStoredUpdate(pool, { version: NEW });
  const registered = {
    name: "Desk",
    identifierType: "MACAddress",
    identifier: MAC,
    siteName: null,
  };
  await createTestDevice(aContext(), createTestDeviceInput.parse(registered));
  await reloadRules();

  const { today } = await previewCheck(aContext(), aPhone());

  expect(today).toMatchObject({ isTestDevice: true, outcome: "offered" });
  expect(today.answer).toEqual(await ask());
});

test("foreseeing records no check and approves nothing", async () => {
  const { ruleId } = await aStoredUpdate(pool, { version: NEW });
  await reloadRules();

  await previewCheck(aContext(), aPhone({ approve: { ruleId } }));
  await flush();

  expect(await db.deviceCheck.count()).toBe(0);
  expect(await db.updateRule.findFirst()).toMatchObject({ approvedReleaseId: null });
});

test("a process that answers no phones foresees the same from the database", async () => {
  const { ruleId } = await aStoredUpdate(pool, { version: NEW });
  await act("approve", ruleId);
  await reloadRules();
  const answering = await previewCheck(aContext(), aPhone());
  ruleTableState().table = null;

  expect(await previewCheck(aContext(), aPhone())).toEqual(answering);
});

test.each([
  ["a phone without a model", { hardware: { ...aPhone().hardware, model: " " } }, "hardware.model"],
  ["what is no MAC address", { macAddress: "0004" }, "macAddress"],
])("refuses %s and names the field", async (_, wrong, path) => {
  await expect(previewCheck(aContext(), aPhone(wrong))).rejects.toMatchObject({
    code: "invalid_input",
    fields: [{ path }],
  });
});
