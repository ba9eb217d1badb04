import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Listener } from "#foundation/platform/listener";
import { openListener } from "#foundation/platform/listener";
import { openCertificates } from "#foundation/platform/tls/open-certificates";
import { planTls } from "#foundation/platform/tls/plan";
import type { CertificateFolder } from "#foundation/platform/tls/testing/certificate-files";
import {
  WAYS_TO_REPLACE,
  createCertificateFolder,
  fingerprintOf,
} from "#foundation/platform/tls/testing/certificate-files";
import {
  certificateShownAt,
  keepAliveOver,
  textOf,
  versionAgreedAt,
} from "#foundation/platform/tls/testing/tls-client";
import type { TlsVersion } from "#foundation/platform/tls-settings";

const NOTICED = { timeout: 20_000, interval: 100 } as const;

let folder: CertificateFolder;
let running: AsyncDisposableStack;
/** Downloads that have started and wait for the test to end them. */
let downloads: ServerResponse[];

beforeEach(async () => {
  folder = await createCertificateFolder();
  running = new AsyncDisposableStack();
  downloads = [];
});

afterEach(async () => {
  await running.disposeAsync();
  await folder.remove();
});

async function openTls(minVersion: TlsVersion = "TLSv1.2"): Promise<Listener> {
  const plan = planTls({
    TLS_CERTIFICATE_FILE: folder.certificateFile,
    TLS_KEY_FILE: folder.keyFile,
    TLS_MIN_VERSION: minVersion,
  });
  const { internal } = await openCertificates(plan, { running, isReporting: true });
  const listener = await openListener({
    port: 0,
    host: "127.0.0.1",
    setting: "TLS_PORT",
    certificate: internal,
    requestTimeoutMs: 60_000,
  });
  running.defer(() => listener.close(100));
  listener.serve(({ url }, response) => {
    if (url === "/download") {
      response.write("first half, ");
      downloads.push(response);
    } else {
      response.end("here");
    }
  });
  return listener;
}

test.each(WAYS_TO_REPLACE)(
  "uses a certificate that is replaced by %s for new connections, and keeps open ones",
  async (way) => {
    const { port } = await openTls();
    const target = { port, ca: folder.caPem };
    const before = await certificateShownAt(target);
    const phone = keepAliveOver(target);
    const downloading = keepAliveOver(target);
    expect(await textOf(await phone.get("/"))).toBe("here");
    const download = await downloading.get("/download");

    const next = await folder.issue();
    await folder.replace(way, next);
    await expect.poll(() => certificateShownAt(target), NOTICED).toBe(fingerprintOf(next));

    expect(await textOf(await phone.get("/"))).toBe("here");
    expect([phone.connections(), phone.certificate()]).toEqual([1, before]);
    downloads.forEach((response) => response.end("second half"));
    expect(await textOf(download)).toBe("first half, second half");
    expect([downloading.connections(), downloading.certificate()]).toEqual([1, before]);
    phone.close();
    downloading.close();
  },
);

test("renews the certificate repeatedly, in each way", async () => {
  const { port } = await openTls();

  for (const way of WAYS_TO_REPLACE) {
    const next = await folder.issue();
    await folder.replace(way, next);
    await expect
      .poll(() => certificateShownAt({ port, ca: folder.caPem }), NOTICED)
      .toBe(fingerprintOf(next));
  }
});

test.each(["TLSv1", "TLSv1.1"] as const)(
  "refuses %s unless it is the minimum version",
  async (version) => {
    const strict = await openTls();
    const lenient = await openTls(version);
    const ca = folder.caPem;

    await expect(versionAgreedAt({ port: strict.port, ca }, version)).rejects.toThrow(/alert/);
    expect(await versionAgreedAt({ port: lenient.port, ca }, version)).toBe(version);
    // A client that supports a newer version still uses it.
    expect(await versionAgreedAt({ port: lenient.port, ca }, "TLSv1.3")).toBe("TLSv1.3");
    expect(await versionAgreedAt({ port: strict.port, ca }, "TLSv1.2")).toBe("TLSv1.2");
  },
);

test("keeps the minimum version after a renewal", async () => {
  const strict = await openTls("TLSv1.3");
  const lenient = await openTls("TLSv1");
  const ca = folder.caPem;
  const next = await folder.issue();
  await folder.replace("renaming", next);
  for (const { port } of [strict, lenient]) {
    await expect.poll(() => certificateShownAt({ port, ca }), NOTICED).toBe(fingerprintOf(next));
  }

  await expect(versionAgreedAt({ port: strict.port, ca }, "TLSv1.2")).rejects.toThrow(/alert/);
  expect(await versionAgreedAt({ port: lenient.port, ca }, "TLSv1")).toBe("TLSv1");
});

test("stops while a client is connected that never starts the handshake", async () => {
  const listener = await openTls();
  const silent = connect(listener.port, "127.0.0.1");
  await once(silent, "connect");
  const closed = listener.close(100).then(() => "closed");

  expect(await Promise.race([closed, delay(5_000, "still open")])).toBe("closed");
  silent.destroy();
});

test("closes a plain HTTP connection to a TLS port and keeps serving TLS", async () => {
  const { port } = await openTls();

  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  expect(await certificateShownAt({ port, ca: folder.caPem })).not.toBe("");
});
