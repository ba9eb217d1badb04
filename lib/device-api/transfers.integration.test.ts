import { afterAll, beforeAll, expect, test } from "vitest";
import { gateState } from "#lib/device-api/load-gate";
import { MOST_TRANSFERS } from "#lib/device-api/shed-load";
import type { DeviceServer } from "#lib/device-api/testing/device-server";
import { startDeviceServer } from "#lib/device-api/testing/device-server";
import { emptyTables } from "#lib/platform/testing/database";

let server: DeviceServer;

beforeAll(async () => {
  await emptyTables();
  server = await startDeviceServer("internal");
});

afterAll(async () => {
  await server.close();
});

const IMAGE = { method: "GET", path: "/DeviceUpdateFiles_Int/nowhere/image.nbt" } as const;

test("transfers outside leave those inside their own places", async () => {
  const { transfers } = gateState();
  transfers.external += MOST_TRANSFERS;
  try {
    expect((await server.send(IMAGE)).status).toBe(404);
  } finally {
    transfers.external -= MOST_TRANSFERS;
  }
  transfers.internal += MOST_TRANSFERS;
  try {
    expect((await server.send(IMAGE)).status).toBe(503);
  } finally {
    transfers.internal -= MOST_TRANSFERS;
  }
});

test("a transfer frees its place with its answer", async () => {
  await server.send(IMAGE);
  await expect.poll(() => gateState().transfers.internal).toBe(0);
});
