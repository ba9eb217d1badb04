import { execFile } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import type { IncomingHttpHeaders } from "node:http";
import { request as httpsRequest } from "node:https";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "#foundation/core/testing/eventually";
import { aCheckBody } from "#phones/check/testing/check-body";
import { buildPanel } from "#foundation/platform/testing/build-panel";
import { freePort } from "#foundation/platform/testing/loopback";
import { z } from "zod";
import type { CertificateFolder } from "#foundation/platform/tls/testing/certificate-files";
import {
  createCertificateFolder,
  fingerprintOf,
} from "#foundation/platform/tls/testing/certificate-files";
import {
  certificateShownAt,
  textOf,
  versionAgreedAt,
} from "#foundation/platform/tls/testing/tls-client";
import { newDataDirectory } from "./testing/new-data-directory.ts";
import type { ServerProcess } from "./testing/server-process.ts";
import { startServer, stopServer, urlsOf } from "./testing/server-process.ts";

const run = promisify(execFile);

const PASSWORD = "the first administrator";
const NOTICED = { timeout: 20_000, interval: 100 } as const;
const CHECK = aCheckBody("json", { macAddress: "0004F2000301" });

let dataDirectory: string;
let inside: CertificateFolder;
let outside: CertificateFolder;
let server: ServerProcess;
let urls: { readonly http: string; readonly https: string };
let externalPort: number;

beforeAll(async () => {
  await buildPanel();
  dataDirectory = await newDataDirectory("server");
  inside = await createCertificateFolder();
  outside = await createCertificateFolder();
  // A certificate that is overdue for renewal.
  await outside.replace("renaming", await outside.issue([-80, 10]));
  externalPort = await freePort();
  server = startServer(dataDirectory, {
    ...settingsFor(inside),
    EXTERNAL_PORT: String(externalPort),
    EXTERNAL_TLS_CERTIFICATE_FILE: outside.certificateFile,
    EXTERNAL_TLS_KEY_FILE: outside.keyFile,
    ADMIN_PASSWORD: PASSWORD,
    POOL_FQDN: "pool01.contoso.com",
    LOG_LEVEL: "warn",
  });
  urls = await urlsOf(server);
}, 400_000);

afterAll(async () => {
  await stopServer(server);
  await Promise.all([inside.remove(), outside.remove()]);
  await rm(dataDirectory, { recursive: true, force: true });
});

function settingsFor({ certificateFile, keyFile }: CertificateFolder): Record<string, string> {
  return { TLS_PORT: "0", TLS_CERTIFICATE_FILE: certificateFile, TLS_KEY_FILE: keyFile };
}

type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
};

type Sent = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** Sends a request over HTTPS and accepts only the certificate of that side. */
function ask(url: string, { method = "GET", headers = {}, body }: Sent = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ca = Number(new URL(url).port) === externalPort ? outside.caPem : inside.caPem;
    const outgoing = httpsRequest(url, { method, headers, ca, agent: false });
    outgoing.on("error", reject);
    outgoing.on("response", (incoming) => {
      textOf(incoming).then((text) => {
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text });
      }, reject);
    });
    outgoing.end(body);
  });
}

function aCheck(authorization?: string): Sent {
  const headers = { "content-type": "application/json" };
  return {
    method: "POST",
    headers: authorization === undefined ? headers : { ...headers, authorization },
    body: CHECK,
  };
}

test("serves the panel and phones inside over HTTP and HTTPS", async () => {
  for (const path of ["/sign-in", "/api/health"]) {
    const plain = await fetch(`${urls.http}${path}`);
    expect([plain.status, await plain.text().then(() => "read")]).toEqual([200, "read"]);
    expect((await ask(`${urls.https}${path}`)).status).toBe(200);
  }
  const plain = await fetch(`${urls.http}/api/update/check`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: CHECK,
  });
  const secure = await ask(`${urls.https}/api/update/check`, aCheck());
  expect([plain.status, secure.status]).toEqual([200, 200]);
  expect(JSON.parse(secure.text)).toEqual(await plain.json());
});

test("serves phones outside only over HTTPS, with the external certificate", async () => {
  const external = `https://localhost:${externalPort}`;
  const path = "/api/update/external/check";
  const basic = `Basic ${Buffer.from(`admin:${PASSWORD}`).toString("base64")}`;

  expect((await ask(`${external}${path}`, aCheck())).status).toBe(401);
  expect((await ask(`${external}${path}`, aCheck(basic))).status).toBe(200);
  expect((await ask(`${external}/sign-in`)).status).toBe(404);
  await expect(fetch(`http://127.0.0.1:${externalPort}${path}`)).rejects.toThrow();
});

test("signs in over HTTPS with cookies that are sent only over HTTPS", async () => {
  const csrf = await ask(`${urls.https}/api/auth/csrf`);
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(JSON.parse(csrf.text));
  const signedIn = await ask(`${urls.https}/api/auth/callback/credentials`, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      cookie: toCookies(csrf),
      origin: urls.https,
    },
    body: new URLSearchParams({
      csrfToken,
      name: "admin",
      password: PASSWORD,
      json: "true",
    }).toString(),
  });

  expect(signedIn.status).toBe(200);
  expect(JSON.parse(signedIn.text)).toEqual({ url: urls.https });
  const session = cookiesOf(signedIn).find((cookie) => cookie.includes("session-token"));
  expect(session).toMatch(/^__Secure-next-auth\.session-token=\S+; .*HttpOnly; Secure/);
  const page = await ask(`${urls.https}/updates/pending`, {
    headers: { cookie: toCookies(signedIn) },
  });
  expect(page.status).toBe(200);
  expect(page.headers["content-security-policy"]).toContain("upgrade-insecure-requests");
  // HSTS would lock browsers out of plain HTTP on every other port of this name.
  expect(page.headers["strict-transport-security"]).toBeUndefined();
});

test("still signs in over HTTP", async () => {
  const csrf = await fetch(`${urls.http}/api/auth/csrf`);
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await csrf.json());
  const signedIn = await fetch(`${urls.http}/api/auth/callback/credentials`, {
    method: "POST",
    headers: { cookie: csrf.headers.getSetCookie().map(toPair).join("; ") },
    body: new URLSearchParams({ csrfToken, name: "admin", password: PASSWORD, json: "true" }),
  });

  expect(await signedIn.json()).toEqual({ url: urls.http });
  const cookies = signedIn.headers.getSetCookie();
  expect(cookies.join()).not.toContain("Secure");
  const page = await fetch(`${urls.http}/updates/pending`, {
    headers: { cookie: cookies.map(toPair).join("; ") },
  });
  expect(await page.text()).toContain("</html>");
  expect(page.url).toBe(`${urls.http}/updates/pending`);
  expect(page.headers.get("content-security-policy")).not.toContain("upgrade-insecure-requests");
});

function cookiesOf({ headers }: Answer): readonly string[] {
  return headers["set-cookie"] ?? [];
}

function toCookies(answer: Answer): string {
  return cookiesOf(answer).map(toPair).join("; ");
}

function toPair(cookie: string): string {
  return cookie.split(";", 1)[0] ?? "";
}

test("the first pool has an HTTPS URL for phones outside and an HTTP URL for phones inside", async () => {
  const args = ["bin/ucupdates.mjs", "get-pool", "--json"];
  const { stdout } = await run(process.execPath, args, {
    env: { ...process.env, DATABASE_URL: "", DATA_DIRECTORY: dataDirectory },
  });
  expect(stdout).toContain(`https://pool01.contoso.com:${externalPort}`);
  expect(stdout).toContain(`http://pool01.contoso.com:${new URL(urls.http).port}`);
});

test("the metrics contain the expiry of each side's certificate, and when its renewal is overdue", async () => {
  // The metrics leave out a process that does not answer within a second.
  const text = await eventually(async () => {
    const metrics = (await ask(`${urls.https}/api/metrics`)).text;
    expect(metrics).toContain("ucupdates_tls_certificate_expiry_timestamp_seconds{");
    return metrics;
  });
  const daysUntil = (what: "expiry" | "renewal_due", side: string): number => {
    const value = new RegExp(
      `^ucupdates_tls_certificate_${what}_timestamp_seconds\\{side="${side}"[^}]*\\} ([\\d.]+)`,
      "m",
    ).exec(text)?.[1];
    return (Number(value) * 1000 - Date.now()) / (24 * 60 * 60 * 1000);
  };

  expect(daysUntil("expiry", "internal")).toBeCloseTo(90, 0);
  expect(daysUntil("renewal_due", "internal")).toBeCloseTo(90 * 0.75, 0);
  expect(daysUntil("expiry", "external")).toBeCloseTo(10, 0);
  expect(daysUntil("renewal_due", "external")).toBeLessThan(0);
});

test("logs a certificate that is overdue for renewal, once a day", async () => {
  const warning = `The certificate in ${outside.certificateFile} (EXTERNAL_TLS_CERTIFICATE_FILE) expires soon: renew it.`;
  await expect.poll(server.output, NOTICED).toContain(warning);
  expect(server.output().split(warning)).toHaveLength(2);
  expect(server.output()).not.toContain(`${inside.certificateFile} (TLS_CERTIFICATE_FILE) expires`);
});

test("refuses TLS 1.1 by default", async () => {
  const target = { port: Number(new URL(urls.https).port), ca: inside.caPem };

  await expect(versionAgreedAt(target, "TLSv1.1")).rejects.toThrow(/alert/);
  expect(await versionAgreedAt(target, "TLSv1.2")).toBe("TLSv1.2");
});

test("keeps the old certificate if the new one is invalid, logs that once, and accepts a later valid one", async () => {
  const target = { port: Number(new URL(urls.https).port), ca: inside.caPem };
  const before = await certificateShownAt(target);
  const next = await inside.issue();
  const stranger = await inside.issue();
  const kept = "The previous certificate stays in use.";

  await inside.replace("writing in place", { ...next, keyPem: stranger.keyPem });
  await expect.poll(server.output, NOTICED).toContain(`does not belong to the first certificate`);
  expect(await certificateShownAt(target)).toBe(before);

  await inside.replace("writing in place", { ...next, certificatePem: "-----BEGIN CERT" });
  await expect.poll(server.output, NOTICED).toContain(`contains no certificate in PEM`);
  expect(await certificateShownAt(target)).toBe(before);

  await inside.replace("writing in place", next);
  await expect.poll(() => certificateShownAt(target), NOTICED).toBe(fingerprintOf(next));
  expect(server.output().split(kept)).toHaveLength(3);
});

test("an invalid certificate stops the start with one sentence that names the file and the setting", async () => {
  const folder = await createCertificateFolder();
  const failure = async (settings: Readonly<Record<string, string>>): Promise<string> => {
    const other = startServer(join(folder.directory, "data"), settings);
    expect(await other.ended).toBe(1);
    return other.output().trim();
  };
  try {
    const missing = join(folder.directory, "missing.pem");
    expect(await failure({ ...settingsFor(folder), TLS_CERTIFICATE_FILE: missing })).toBe(
      `${missing} (TLS_CERTIFICATE_FILE) cannot be read (ENOENT): correct the path, or its permissions.`,
    );
    await writeFile(folder.keyFile, (await folder.issue()).keyPem);
    expect(await failure(settingsFor(folder))).toBe(
      `${folder.keyFile} (TLS_KEY_FILE) does not belong to the first certificate in ${folder.certificateFile} (TLS_CERTIFICATE_FILE): name the two that were issued together, the server's own certificate before those of its authorities.`,
    );
    expect(await failure({ TLS_PORT: "3443" })).toBe(
      "TLS_PORT needs a certificate: set TLS_CERTIFICATE_FILE and TLS_KEY_FILE.",
    );
  } finally {
    await folder.remove();
  }
});
