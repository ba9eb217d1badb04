import { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { expect, test } from "vitest";
import { checkService } from "#phones/check/testing/check-service";
import { createDeviceApp } from "#phones/device-api/app";
import { SIDES } from "#fleet/devices/model";
import { db } from "#foundation/platform/db/client";

const ROOT = "http://updates.contoso.com";
const CHECK = "/api/update/external/check";
const BASIC = { authorization: `Basic ${Buffer.from("adamb:wrong").toString("base64")}` };

/** As one of our listeners passes a request on. */
const { flush } = checkService({ env: { TRUSTED_PROXIES: "192.0.2.1" } });

async function post(path: string, side: (typeof SIDES)[number], remoteAddress: string) {
  const incoming = { socket: { remoteAddress } };
  const request = new Request(`${ROOT}${path}`, { method: "POST", headers: BASIC });
  return createDeviceApp({ side }).fetch(request, { incoming });
}

test.each(SIDES)(
  "credentials that come over plain HTTP from another machine are not looked at (%s listener)",
  async (side) => {
    for (const path of [CHECK, "/RequestHandlerExt/ucdevice.upx", "/api/update/external/nothing"]) {
      for (const address of ["203.0.113.7", "10.0.0.7", "::ffff:10.0.0.7"]) {
        const response = await post(path, side, address);

        expect(response.status, path).toBe(403);
        // A phone that is not asked for credentials sends none.
        expect(response.headers.get("www-authenticate")).toBeNull();
        expect(await response.text()).toContain("HTTPS only");
      }
    }
  },
);

test("a check that is refused for this is on record as any other", async () => {
  await post(CHECK, "external", "203.0.113.7");
  await flush();

  expect(await db.deviceCheck.findMany()).toMatchObject([
    { address: "203.0.113.7", outcome: "forbidden" },
  ]);
});

test.each(["192.0.2.1", "127.0.0.1", "::1"])(
  "they are looked at where a declared proxy or this machine passes them on (%s)",
  async (address) => {
    expect((await post(CHECK, "external", address)).status).toBe(401);
  },
);

test("they are looked at over TLS, wherever they come from", async () => {
  const socket = new TLSSocket(new Socket(), { isServer: true });
  const request = new Request(`${ROOT}${CHECK}`, { method: "POST" });
  const response = await createDeviceApp({ side: "external" }).fetch(request, {
    incoming: { socket },
  });

  expect(response.status).toBe(401);
});
