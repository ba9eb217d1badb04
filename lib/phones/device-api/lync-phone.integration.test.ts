import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { deviceService } from "#phones/device-api/testing/device-service";
import { createAccount } from "#access/accounts/server/create-account";
import { aStoredUpdate, reloadRules } from "#phones/check/testing/stored-update";
import { aContext } from "#foundation/core/testing/contexts";
import type { Side } from "#fleet/devices/model";
import { EVERY_DEVICE } from "#fleet/devices/search-params";
import { listDevices } from "#phones/inventory/server/list-devices";
import type { TcpLine } from "#foundation/platform/testing/tcp-line";
import { openDatabaseLine } from "#foundation/platform/testing/database-line";
import { createPool } from "#fleet/pools/server/create-pool";
import { act } from "#firmware/rules/testing/rules";
import type { PhoneRun } from "#programs/simulator/events";
import type { PhoneOptions } from "#programs/simulator/options";
import { runPhone } from "#programs/simulator/run-phone";
import { aPhoneFolder, phoneOptions } from "#programs/simulator/testing/phones";

const OLD = "4.0.7577.4100";
const NEW = "4.0.7577.4387";
const IMAGE = randomBytes(1024 * 1024);
const CREDENTIALS = { userName: "adamb", password: "correct horse" };

let line: TcpLine;

beforeAll(async () => {
  line = await openDatabaseLine();
});

afterAll(() => {
  line.close();
});

const service = deviceService();

beforeEach(async () => {
  await createAccount(aContext(), {
    name: CREDENTIALS.userName,
    password: CREDENTIALS.password,
    role: "viewer",
  });
  const pool = await createPool(aContext(), {
    fqdn: "pool01.contoso.com",
    siteName: "Default",
    internalBaseUrl: urlOf("internal").origin,
    externalBaseUrl: urlOf("external").origin,
    sipDomains: [],
    isDefault: true,
  });
  const { ruleId } = await aStoredUpdate(pool, { version: NEW, image: IMAGE });
  await act("approve", ruleId);
  await reloadRules();
});

function urlOf(side: Side): URL {
  return new URL(`http://127.0.0.1:${service[side].port}/`);
}

/** Runs a Lync phone until nothing is due, ten thousand times faster than real time. */
async function live(side: Side, overrides: Partial<PhoneOptions> = {}): Promise<PhoneRun> {
  await using folder = await aPhoneFolder();
  const options = phoneOptions(
    { ...folder, url: urlOf(side) },
    { side, dialect: "lync", timeScale: 10_000, ...overrides },
  );
  const { signal } = new AbortController();
  // Awaited here, because the phone's folder is removed on return.
  return await runPhone(options, { signal, onEvent: () => undefined });
}

test.each([
  ["internal", null],
  ["external", CREDENTIALS],
] as const)(
  "updates a Lync phone that checks at ucdevice.upx and downloads the offer: %s",
  async (side, credentials) => {
    const { ending, installs, state } = await live(side, { credentials });

    expect({ ending, installs }).toEqual({ ending: "nothing_due", installs: 1 });
    expect(state).toMatchObject({
      active: [{ updateType: "CPE", version: NEW }],
      inactive: [{ version: OLD }],
    });
    await service.flush();
    const { devices } = await listDevices(aContext(), EVERY_DEVICE);
    expect(devices).toMatchObject([{ version: NEW, progress: "running" }]);
    const [update] = devices[0]?.updates ?? [];
    expect(update).toMatchObject({ state: "running", version: NEW, fromVersion: OLD });
    expect(update?.downloadedAt).toBeInstanceOf(Date);
  },
);

test("outside, refuses a Lync phone without credentials, which keeps its version", async () => {
  const { ending, message, state } = await live("external");

  expect(ending).toBe("check_failed");
  expect(message).toBe("A user's name and password are needed.");
  expect(state.active).toMatchObject([{ version: OLD }]);
});
