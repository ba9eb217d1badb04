import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createAccount } from "#access/accounts/server/create-account";
import { recorderState, startRecorder } from "#phones/check-log/server/recorder";
import { ruleTableState } from "#phones/check/server/rule-table-loader";
import { aStoredUpdate, reloadRules } from "#phones/check/testing/stored-update";
import { aContext } from "#foundation/core/testing/contexts";
import type { DeviceServer } from "#phones/device-api/testing/device-server";
import { startDeviceServer } from "#phones/device-api/testing/device-server";
import type { Side } from "#fleet/devices/model";
import { EVERY_DEVICE } from "#fleet/devices/search-params";
import { listDevices } from "#fleet/devices/server/list-devices";
import { emptyTables } from "#foundation/platform/testing/database";
import type { DatabaseLine } from "#foundation/platform/testing/database-line";
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

let line: DatabaseLine;
let servers: Readonly<Record<Side, DeviceServer>>;

beforeAll(async () => {
  line = await openDatabaseLine();
  servers = {
    internal: await startDeviceServer("internal"),
    external: await startDeviceServer("external"),
  };
});

afterAll(async () => {
  await servers.internal.close();
  await servers.external.close();
  line.close();
});

beforeEach(async () => {
  await emptyTables();
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
  startRecorder();
});

afterEach(async () => {
  await recorderState().running?.stop();
  await ruleTableState().running?.then((running) => running.stop());
});

function urlOf(side: Side): URL {
  return new URL(`http://127.0.0.1:${servers[side].port}/`);
}

/** Lets a Lync phone live until nothing is due, ten thousand times faster than a phone does. */
async function live(side: Side, wishes: Partial<PhoneOptions> = {}): Promise<PhoneRun> {
  await using folder = await aPhoneFolder();
  const options = phoneOptions(
    { ...folder, url: urlOf(side) },
    { side, dialect: "lync", timeScale: 10_000, ...wishes },
  );
  const { signal } = new AbortController();
  // Awaited here: its folder is removed when this returns.
  return await runPhone(options, { signal, onEvent: () => undefined });
}

test.each([
  ["internal", null],
  ["external", CREDENTIALS],
] as const)(
  "a Lync phone asks ucdevice.upx, loads what it is offered, and runs the new version: %s",
  async (side, credentials) => {
    const { ending, installs, state } = await live(side, { credentials });

    expect({ ending, installs }).toEqual({ ending: "nothing_due", installs: 1 });
    expect(state).toMatchObject({
      active: [{ updateType: "CPE", version: NEW }],
      inactive: [{ version: OLD }],
    });
    await recorderState().running?.flush();
    const { devices } = await listDevices(aContext(), EVERY_DEVICE);
    expect(devices).toMatchObject([{ version: NEW, progress: "running" }]);
    const [update] = devices[0]?.updates ?? [];
    expect(update).toMatchObject({ state: "running", version: NEW, fromVersion: OLD });
    expect(update?.downloadedAt).toBeInstanceOf(Date);
  },
);

test("outside, a Lync phone without credentials is refused, and stays with its version", async () => {
  const { ending, message, state } = await live("external");

  expect(ending).toBe("check_failed");
  expect(message).toBe("A user's name and password are needed.");
  expect(state.active).toMatchObject([{ version: OLD }]);
});
