import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { findTokenOfSecret } from "#access/device-tokens/server/token-table";
import { openDatabaseLine } from "#foundation/platform/testing/database-line";
import type { TcpLine } from "#foundation/platform/testing/tcp-line";
import { emptyTables } from "#foundation/platform/testing/database";
import { recorderState } from "#phones/check-log/server/recorder";
import { currentRuleTable } from "#phones/check/server/rule-table-loader";
import { startHostedServices } from "#phones/device-api/start-phone-services";
import { findKnownHome } from "#phones/home-pools/server/home-table";

const UNAVAILABLE = { code: "unavailable" };
let line: TcpLine;

beforeAll(async () => {
  line = await openDatabaseLine();
});

beforeEach(async () => {
  await emptyTables();
});

afterEach(async () => {
  line.mend();
  await (await startHostedServices()).stop();
});

afterAll(() => {
  line.close();
});

function expectStopped() {
  expect(() => currentRuleTable()).toThrow(expect.objectContaining(UNAVAILABLE));
  expect(() => findTokenOfSecret("ucd_x", new Date())).toThrow(
    expect.objectContaining(UNAVAILABLE),
  );
  expect(() => findKnownHome("anna@contoso.com")).toThrow(expect.objectContaining(UNAVAILABLE));
  expect(recorderState().running).toBeNull();
}

test("starts all phone services, and stops all of them", async () => {
  const services = await startHostedServices();
  expect(currentRuleTable().defaultPool).toBeNull();
  expect(findTokenOfSecret("ucd_x", new Date())).toBeNull();
  expect(findKnownHome("anna@contoso.com")).toBeNull();
  expect(recorderState().running).not.toBeNull();

  await services.stop();

  expectStopped();
});

test("starts once per process", async () => {
  expect(await startHostedServices()).toBe(await startHostedServices());
});

test("leaves nothing running after a start without the database, and the next start tries again", async () => {
  line.cut();
  await expect(startHostedServices()).rejects.toThrow();
  expectStopped();

  line.mend();
  await startHostedServices();

  expect(currentRuleTable().defaultPool).toBeNull();
});
