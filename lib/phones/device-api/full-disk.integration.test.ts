import { beforeEach, expect, test } from "vitest";
import { deviceService } from "#phones/device-api/testing/device-service";
import { reloadRules } from "#phones/check/testing/stored-update";
import { measureStore } from "#phones/device-logs/server/log-files";
import { reserveRoom } from "#phones/device-logs/server/log-store";
import { db } from "#foundation/platform/db/client";
import { aPool } from "#firmware/rules/testing/rules";

/** More than any disk has, so that the disk counts as full. Settings are read once, so this needs its own process. */
const MORE_THAN_FREE = Number.MAX_SAFE_INTEGER;

const { internal: server } = deviceService({
  env: { LOG_STORE_FREE_BYTES: String(MORE_THAN_FREE) },
});

beforeEach(async () => {
  await aPool();
  await reloadRules();
});

test.each(["/api/update/logs", "/RequestHandler/ucdevice.upx"])(
  "refuses a log under %s with a retry delay if too little disk space would stay free",
  async (path) => {
    const before = await measureStore();

    const response = await server.send({
      method: "POST",
      path: `${path}?type=CELog&file=a.clg&mac=0004F2000176`,
      body: "log",
    });

    expect(response.status).toBe(503);
    expect(Number(response.headers["retry-after"])).toBeGreaterThan(0);
    // The response does not name the reason.
    await expect(reserveRoom(1, { side: "internal", address: "10.0.0.1" })).rejects.toThrow(
      "The disk that holds device logs is full.",
    );
    expect(await db.deviceLog.count()).toBe(0);
    expect(await measureStore()).toBe(before);
  },
);
