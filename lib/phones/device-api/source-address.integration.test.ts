import { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { expect, test } from "vitest";
import { SIDES } from "#fleet/devices/model";
import { db } from "#foundation/platform/db/client";
import { checkService } from "#phones/check/testing/check-service";
import { createDeviceApp } from "#phones/device-api/app";

const ROOT = "http://updates.contoso.com";
const CHECK = "/api/update/external/check";
const BASIC = { authorization: `Basic ${Buffer.from("adamb:wrong").toString("base64")}` };

/** Passes a request on as the listener of a side does. */
const { flush } = checkService({ env: { TRUSTED_PROXIES: "192.0.2.1" } });

async function post(path: string, side: (typeof SIDES)[number], remoteAddress: string) {
  const incoming = { socket: { remoteAddress } };
  const request = new Request(`${ROOT}${path}`, { method: "POST", headers: BASIC });
  return createDeviceApp({ side }).fetch(request, { incoming });
}

test.each(SIDES)(
  "does not evaluate credentials over plain HTTP from another machine (%s listener)",
  async (side) => {
    for (const path of [CHECK, "/RequestHandlerExt/ucdevice.upx", "/api/update/external/nothing"]) {
      for (const address of ["203.0.113.7", "10.0.0.7", "::ffff:10.0.0.7"]) {
        const response = await post(path, side, address);

        expect(response.status, path).toBe(403);
        // Without a challenge, a phone sends no credentials.
        expect(response.headers.get("www-authenticate")).toBeNull();
        expect(await response.text()).toContain("HTTPS only");
      }
    }
  },
);

test("records a check that is refused for missing TLS", async () => {
  await post(CHECK, "external", "203.0.113.7");
  await flush();

  expect(await db.deviceCheck.findMany()).toMatchObject([
    { address: "203.0.113.7", outcome: "forbidden" },
  ]);
});

test.each(["192.0.2.1", "127.0.0.1", "::1"])(
  "evaluates credentials that a declared proxy or this machine passes on (%s)",
  async (address) => {
    expect((await post(CHECK, "external", address)).status).toBe(401);
  },
);

test("evaluates credentials over TLS from every address", async () => {
  const socket = new TLSSocket(new Socket(), { isServer: true });
  const request = new Request(`${ROOT}${CHECK}`, { method: "POST" });
  const response = await createDeviceApp({ side: "external" }).fetch(request, {
    incoming: { socket },
  });

  expect(response.status).toBe(401);
});
