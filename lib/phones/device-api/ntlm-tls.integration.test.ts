import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testEnvironment } from "#foundation/platform/testing/environment";
import { deviceListener } from "#phones/device-api/listener";
import { authenticateMessage, negotiateMessage } from "#access/ntlm/testing/messages";
import { openListener } from "#foundation/platform/listener";
import { openCertificates } from "#foundation/platform/tls/open-certificates";
import { planTls } from "#foundation/platform/tls/plan";
import type { CertificateFolder } from "#foundation/platform/tls/testing/certificate-files";
import {
  createCertificateFolder,
  fingerprintOf,
} from "#foundation/platform/tls/testing/certificate-files";
import type { TlsConnection } from "#foundation/platform/tls/testing/tls-client";
import {
  certificateShownAt,
  keepAliveOver,
  textOf,
} from "#foundation/platform/tls/testing/tls-client";

/** An unknown path. Only admitted phones get 404 for it. */
const PATH = "/api/update/external/nothing";

let folder: CertificateFolder;
let running: AsyncDisposableStack;
let port: number;

testEnvironment({
  NTLM_HELPER: fileURLToPath(
    new URL("../../access/ntlm/testing/scripted-helper.mjs", import.meta.url),
  ),
});

beforeAll(async () => {
  folder = await createCertificateFolder();
  running = new AsyncDisposableStack();
  const plan = planTls({
    EXTERNAL_PORT: 8443,
    EXTERNAL_TLS_CERTIFICATE_FILE: folder.certificateFile,
    EXTERNAL_TLS_KEY_FILE: folder.keyFile,
    TLS_MIN_VERSION: "TLSv1.2",
  });
  const { external } = await openCertificates(plan, { running, isReporting: true });
  const listener = await openListener({
    port: 0,
    host: "127.0.0.1",
    setting: "EXTERNAL_PORT",
    certificate: external,
    requestTimeoutMs: 60_000,
  });
  running.defer(() => listener.close(100));
  listener.serve(deviceListener("external"));
  ({ port } = listener);
});

afterAll(async () => {
  await running.disposeAsync();
  await folder.remove();
});

type Asked = { readonly status: number; readonly challenge: string };

async function ask(phone: TlsConnection, ntlm?: string): Promise<Asked> {
  const headers = ntlm === undefined ? {} : { authorization: `NTLM ${ntlm}` };
  const response = await phone.get(PATH, headers);
  await textOf(response);
  const challenge = response.headers["www-authenticate"] ?? "none";
  return { status: response.statusCode ?? 0, challenge };
}

test("authenticates a TLS connection by NTLM, and keeps it when the certificate is renewed", async () => {
  const target = { port, ca: folder.caPem };
  const phone = keepAliveOver(target);
  expect((await ask(phone)).challenge).toMatch(/^NTLM, Basic /);
  const challenged = await ask(phone, negotiateMessage());
  expect(challenged.status).toBe(401);
  expect(challenged.challenge).toMatch(/^NTLM [A-Za-z0-9+/]+=*$/);
  const answer = authenticateMessage({ user: "good", domain: "CONTOSO" });
  expect((await ask(phone, answer)).status).toBe(404);

  const next = await folder.issue();
  await folder.replace("renaming", next);
  await expect
    .poll(() => certificateShownAt(target), { timeout: 20_000 })
    .toBe(fingerprintOf(next));

  expect((await ask(phone)).status).toBe(404);
  expect(phone.connections()).toBe(1);
  const other = keepAliveOver(target);
  expect((await ask(other)).status).toBe(401);
  phone.close();
  other.close();
});
