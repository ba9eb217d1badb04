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

/** The real answer to the phone. */
async function ask(): Promise<unknown> {
  const { json } = await server.send({
    method: "POST",
    path: "/api/update/check",
    body: aCheckBody("json", { macAddress: MAC, version: OLD }),
  });
  return json();
}

test("predicts the answers that the phone gets before and after an approval", async () => {
  const { ruleId } = await aStoredUpdate(pool, { version: NEW });
  await reloadRules();

  const preview = await previewCheck(aContext(), aPhone({ approve: { ruleId } }));

  expect(preview.approvable).toEqual([{ ruleId, updateType: "CPE", version: NEW }]);
  expect(preview.today.answer).toEqual(await ask());
  expect(preview.today.answer.downloads).toBe(0);
  await act("approve", ruleId);
  await reloadRules();
  expect(preview.afterApproval?.answer).toEqual(await ask());
  expect(preview.afterApproval?.answer.downloads).toBe(1);
});

test("predicts the answer to a test device", async () => {
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

test("records no check and approves nothing during a prediction", async () => {
  const { ruleId } = await aStoredUpdate(pool, { version: NEW });
  await reloadRules();

  await previewCheck(aContext(), aPhone({ approve: { ruleId } }));
  await flush();

  expect(await db.deviceCheck.count()).toBe(0);
  expect(await db.updateRule.findFirst()).toMatchObject({ approvedReleaseId: null });
});

test("predicts the same from the database in a process that answers no phones", async () => {
  const { ruleId } = await aStoredUpdate(pool, { version: NEW });
  await act("approve", ruleId);
  await reloadRules();
  const answering = await previewCheck(aContext(), aPhone());
  ruleTableState().table = null;

  expect(await previewCheck(aContext(), aPhone())).toEqual(answering);
});

test.each([
  ["a phone without a model", { hardware: { ...aPhone().hardware, model: " " } }, "hardware.model"],
  ["an invalid MAC address", { macAddress: "0004" }, "macAddress"],
])("refuses %s and names the field", async (_, wrong, path) => {
  await expect(previewCheck(aContext(), aPhone(wrong))).rejects.toMatchObject({
    code: "invalid_input",
    fields: [{ path }],
  });
});
