import { afterAll, beforeAll } from "vitest";
import type { CheckService, CheckServiceOptions } from "#phones/check/testing/check-service";
import { checkService } from "#phones/check/testing/check-service";
import type { DeviceServer } from "#phones/device-api/testing/device-server";
import { startDeviceServer } from "#phones/device-api/testing/device-server";
import type { Side } from "#fleet/devices/model";

export type TestedSide = Omit<DeviceServer, "close">;

export type DeviceService = CheckService & Readonly<Record<Side, TestedSide>>;

/** All services that a test with phones needs, with the device API on one loopback listener per side. */
export function deviceService(options: CheckServiceOptions = {}): DeviceService {
  const service = checkService(options);
  return { ...service, internal: serveSide("internal"), external: serveSide("external") };
}

function serveSide(side: Side): TestedSide {
  let server: DeviceServer | null = null;
  const running = (): DeviceServer => {
    if (server === null) {
      throw new Error("The device API is open only while tests run.");
    }
    return server;
  };
  beforeAll(async () => {
    server = await startDeviceServer(side);
  });
  afterAll(async () => {
    await running().close();
  });
  return {
    get port() {
      return running().port;
    },
    send: (request) => running().send(request),
  };
}
