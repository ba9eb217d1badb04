import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { deviceService } from "#phones/device-api/testing/device-service";
import { keepAliveConnection } from "#phones/device-api/testing/keep-alive-connection";
import { authenticateMessage, negotiateMessage } from "#access/ntlm/testing/messages";

const CHECK = { method: "POST", path: "/api/update/external/check", body: "{}" } as const;
const FROM_A_PHONE = { "x-forwarded-for": "203.0.113.1" };

const { external: outside } = deviceService({
  lifetime: "file",
  env: {
    TRUSTED_PROXIES: "127.0.0.1",
    NTLM_HELPER: fileURLToPath(
      new URL("../../access/ntlm/testing/scripted-helper.mjs", import.meta.url),
    ),
  },
});

test("neither offers nor accepts NTLM behind a proxy, whose connections can carry several phones", async () => {
  const proxy = keepAliveConnection(outside.port);
  const offered = await proxy.send({ ...CHECK, headers: FROM_A_PHONE });
  expect(offered.challenges).toEqual(['Basic realm="ucupdates", charset="UTF-8"']);

  for (const message of [
    negotiateMessage(),
    authenticateMessage({ user: "good", domain: "CONTOSO" }),
  ]) {
    const headers = { ...FROM_A_PHONE, authorization: `NTLM ${message}` };
    const refused = await proxy.send({ ...CHECK, headers });
    expect(refused.status).toBe(401);
    expect(refused.challenges).toEqual(offered.challenges);
  }
  proxy.close();
});
