import { rm } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aCheckBody } from "#phones/check/testing/check-body";
import { buildPanel } from "#foundation/platform/testing/build-panel";
import { freePort } from "#foundation/platform/testing/loopback";
import { newDataDirectory } from "./testing/new-data-directory.ts";
import type { RawAnswer } from "./testing/raw-socket.ts";
import { sendBytes, sendHead } from "./testing/raw-socket.ts";
import type { ServerProcess } from "./testing/server-process.ts";
import { startServer, stopServer, urlsOf } from "./testing/server-process.ts";

const CHECK = aCheckBody("json", { macAddress: "00-04-F2-00-01-76", version: null });
const LYNC_CHECK = "<Request><Model>CX600</Model></Request>";
const OWN_HOST = "pool01.contoso.com";
const HOST = `host: ${OWN_HOST}`;
const INSIDE = "x-forwarded-for: 10.1.2.3";
const OUTSIDE = "x-forwarded-for: 203.0.113.7";

/** Spellings of a path that a proxy, router or server might read as this path. */
function spellings(path: string): readonly string[] {
  const [, first = "", ...rest] = path.split("/");
  const tail = rest.join("/");
  const escaped = `%${first.charCodeAt(0).toString(16)}${first.slice(1)}`;
  return [
    path,
    `/x/..${path}`,
    `/x/y/../..${path}`,
    `/..${path}`,
    `/.${path}`,
    `/%2e${path}`,
    `/%2E${path}`,
    `/x/%2e%2e${path}`,
    `/x/.%2E${path}`,
    `/${first}/./${tail}`,
    `/${first}/%2e/${tail}`,
    `/${first}/x/../${tail}`,
    `/${first}//${tail}`,
    `/${path}`,
    `//${path}`,
    `/\\${path}`,
    `/${first}\\${tail}`,
    `\\${first}\\${tail}`,
    `/x\\..\\${first}/${tail}`,
    `/${escaped}/${tail}`,
    `/${first}%2f${tail}`,
    `/${first}%2F${tail}`,
    `/${first}%5c${tail}`,
    `/x%2f..%2f${first}/${tail}`,
    `/x/..%2f${first}/${tail}`,
    `/%252e%252e/${first}/${tail}`,
    `/%25${escaped.slice(1)}/${tail}`,
    `${path}/`,
    `${path}/.`,
    `${path}/x/..`,
    `${path}?x=1`,
    `${path}?`,
    `${path}#x`,
    `/#${path}`,
    `${path};x=1`,
    `/${first};x=1/${tail}`,
    `/;${path}`,
    path.toUpperCase(),
    path.toLowerCase(),
    `/_next/..${path}`,
    `/_next/data/x${path}.json`,
    `/en${path}`,
    `http://${OWN_HOST}${path}`,
    `HTTP://${OWN_HOST.toUpperCase()}.:80/x/..${path}`,
    `http://127.0.0.1${path}`,
    `http://evil.example${path}`,
    `http://${OWN_HOST}@evil.example${path}`,
    `//${OWN_HOST}${path}`,
    `http:${path}`,
    path.slice(1),
    "*",
  ];
}

const DOORS = [
  { path: "/api/update/check", body: CHECK, type: "application/json" },
  { path: "/RequestHandler/ucdevice.upx", body: LYNC_CHECK, type: "text/xml" },
] as const;
const TRIED = DOORS.flatMap(({ path, ...rest }) =>
  spellings(path).map((target) => ({ target, path, ...rest })),
);

type Attempt = (typeof TRIED)[number];

let directories: string[];
let servers: ServerProcess[];

beforeAll(async () => {
  await buildPanel();
  directories = [];
  servers = [];
}, 300_000);

afterAll(async () => {
  await Promise.all(servers.map(stopServer));
  await Promise.all(
    directories.map((directory) => rm(directory, { recursive: true, force: true })),
  );
});

type Ports = { readonly internal: number; readonly external: number };

async function start(name: string, settings: Readonly<Record<string, string>>): Promise<Ports> {
  const directory = await newDataDirectory(name);
  directories.push(directory);
  const external = await freePort();
  const server = startServer(directory, {
    EXTERNAL_PORT: String(external),
    POOL_FQDN: OWN_HOST,
    ...settings,
  });
  servers.push(server);
  const { http } = await urlsOf(server);
  return { internal: Number(new URL(http).port), external };
}

function attempt(
  port: number,
  { target, body, type }: Attempt,
  ...lines: string[]
): Promise<RawAnswer> {
  const head = [HOST, `content-type: ${type}`, ...lines];
  return sendHead(port, { method: "POST", target, lines: head, body });
}

/** Whether the response is one to a check, in either dialect. */
function isAnsweredCheck({ status, head }: RawAnswer): boolean {
  return status === 200 || /content-type: (?:application\/json|text\/xml)/i.test(head);
}

/**
 * 400 is caused only by the head, because the body is a valid check. Pages of the panel redirect to the sign-in page.
 */
function expectRefused(answer: RawAnswer, target: string): void {
  expect([307, 400, 403, 404, 405], `${target}: ${answer.head}`).toContain(answer.status);
  expect(isAnsweredCheck(answer), target).toBe(false);
  if (answer.status === 307) {
    expect(answer.head, target).toMatch(/\r\nlocation: \/sign-in\?/i);
  }
  if (answer.status === 400) {
    expect(answer.body, target).toMatch(/The target of the request|^$/);
  }
}

describe("with a trusted proxy", () => {
  let ports: Ports;

  beforeAll(async () => {
    ports = await start("trusted", { TRUSTED_PROXIES: "127.0.0.1" });
  }, 120_000);

  test.each(TRIED)("refuses $target from outside", async (tried) => {
    expectRefused(await attempt(ports.internal, tried, OUTSIDE), tried.target);
    const forged = "x-forwarded-for: 10.1.2.3, 203.0.113.7";
    expectRefused(await attempt(ports.internal, tried, forged), tried.target);
  });

  test.each([
    "/api/update/check",
    "/x/../api/update/check",
    "/api/./update/check",
    "/%2e/api/update/check",
    "//api/update/check",
    "/api\\update\\check",
    "/%61pi/update/check",
    "/api/update/check?x=1",
    `http://${OWN_HOST}/api/update/check`,
    "http://127.0.0.1/api/update/check",
  ])("answers %s from inside as a check", async (target) => {
    const answer = await attempt(
      ports.internal,
      { target, path: "/api/update/check", body: CHECK, type: "application/json" },
      INSIDE,
    );
    expect(answer.status, answer.body).toBe(200);
  });

  test("counts wrong tokens for the address behind the proxy, and not for that of the proxy", async () => {
    const tryToken = async (address: string): Promise<number> => {
      const headers = { authorization: "Bearer wrong", "x-forwarded-for": address };
      return (await fetch(`http://127.0.0.1:${ports.internal}/api/rules`, { headers })).status;
    };
    const guesses: number[] = [];
    while (guesses.length < 100 && !guesses.includes(429)) {
      guesses.push(await tryToken("10.1.2.66"));
    }

    expect(guesses.at(-1)).toBe(429);
    expect(await tryToken("10.1.2.3")).toBe(401);
  });

  test.each(TRIED)(
    "refuses $target for pages and internal paths on the external listener",
    async (tried) => {
      expectRefused(await attempt(ports.external, tried, INSIDE), tried.target);
    },
  );

  test.each(spellings("/sign-in"))(
    "does not serve the panel as %s on the external listener",
    async (target) => {
      const answer = await sendHead(ports.external, { target, lines: [HOST, INSIDE] });
      expect([400, 404], answer.head).toContain(answer.status);
      expect(answer.body).not.toContain("<html");
    },
  );
});

describe("with another trusted proxy and this machine outside", () => {
  let ports: Ports;

  beforeAll(async () => {
    ports = await start("untrusted", {
      INTERNAL_NETWORKS: "10.0.0.0/8",
      TRUSTED_PROXIES: "192.0.2.1",
    });
  }, 120_000);

  test.each(TRIED)("refuses $target with any forwarded address", async (tried) => {
    expectRefused(await attempt(ports.internal, tried, INSIDE), tried.target);
    const claims = [
      "forwarded: for=10.1.2.3",
      "x-ucupdates-address: 10.1.2.3",
      "x-ucupdates-peer: 10.1.2.3",
      "x-real-ip: 10.1.2.3",
    ];
    expectRefused(await attempt(ports.internal, tried, ...claims), tried.target);
  });
});

describe("heads that two programs could read differently", () => {
  let ports: Ports;

  beforeAll(async () => {
    ports = await start("heads", {});
  }, 120_000);

  const TARGETS = ["/api/update/check", "/RequestHandler/ucdevice.upx", "/sign-in", "/api/health"];

  const BAD_HOSTS: readonly (readonly [string, readonly string[]])[] = [
    ["two hosts", [HOST, "host: evil.example"]],
    ["the same host twice", [HOST, HOST]],
    ["two hosts in different case", ["HOST: evil.example", HOST]],
    ["no host", []],
    ["an empty host", ["host:"]],
    ["a list of hosts", [`host: ${OWN_HOST}, evil.example`]],
    ["a host with a user", [`host: user@${OWN_HOST}`]],
    ["a host with a path", [`host: ${OWN_HOST}/x`]],
    ["a host with a space", ["host: pool 01"]],
    ["a host with an impossible port", [`host: ${OWN_HOST}:99999`]],
    ["half a bracket", ["host: [::1"]],
  ];

  test.each(BAD_HOSTS)("answers 400 to %s on every listener", async (_what, lines) => {
    for (const port of [ports.internal, ports.external]) {
      for (const target of TARGETS) {
        expect((await sendHead(port, { target, lines })).status, target).toBe(400);
      }
    }
  });

  test("answers HTTP/1.0 without a host, for phones and for people", async () => {
    for (const { path, body } of DOORS) {
      const length = `content-length: ${Buffer.byteLength(body)}`;
      const check = `POST ${path} HTTP/1.0\r\n${length}\r\n\r\n${body}`;
      expect((await sendBytes(ports.internal, check)).status, path).toBe(200);
    }
    const page = await sendBytes(ports.internal, "GET /sign-in HTTP/1.0\r\n\r\n");
    expect(page.status).toBe(200);
  });

  test("answers 405 to TRACE, which the framework cannot answer", async () => {
    const head = { method: "TRACE", lines: [HOST] };
    for (const target of ["/", "/api/devices", "/api/update/check"]) {
      expect((await sendHead(ports.internal, { ...head, target })).status, target).toBe(405);
    }
  });

  test("answers 400 to a target on another host on every listener, with any Host header", async () => {
    for (const port of [ports.internal, ports.external]) {
      for (const path of TARGETS) {
        for (const host of [HOST, "host: evil.example"]) {
          const answer = await sendHead(port, {
            target: `http://evil.example${path}`,
            lines: [host],
          });
          expect(answer.status, path).toBe(400);
        }
      }
    }
  });

  test("answers a target on an own host like its path, and uses its host", async () => {
    for (const host of [
      OWN_HOST,
      `${OWN_HOST}.`,
      "localhost",
      "127.0.0.1",
      `127.0.0.1:${ports.internal}`,
    ]) {
      const target = `http://${host}/sign-in`;
      const answer = await sendHead(ports.internal, { target, lines: ["host: other.example"] });
      expect(answer.status, host).toBe(200);
    }
  });

  test.each([
    ["CL and TE", "content-length: 4\r\ntransfer-encoding: chunked", "0\r\n\r\n"],
    ["TE and CL", "transfer-encoding: chunked\r\ncontent-length: 4", "0\r\n\r\n"],
    ["two lengths", "content-length: 4\r\ncontent-length: 5", "abcde"],
    ["two lengths in one line", "content-length: 4, 5", "abcde"],
    ["a length that is no number", "content-length: +4", "abcd"],
    ["a coding that is not last", "transfer-encoding: chunked, identity", "0\r\n\r\n"],
    ["a space before the colon", "content-length : 4", "abcd"],
  ])("answers 400 to %s, and does not read the rest as a request", async (_what, lines, body) => {
    for (const port of [ports.internal, ports.external]) {
      const smuggled = `GET /sign-in HTTP/1.1\r\n${HOST}\r\n\r\n`;
      const head = `POST /api/update/check HTTP/1.1\r\n${HOST}\r\n${lines}\r\n\r\n`;
      const answer = await sendBytes(port, `${head}${body}${smuggled}`);
      expect(answer.status).toBe(400);
      expect(answer.body).not.toContain("HTTP/1.1");
    }
  });

  test("serves an IPv6 address with a zone like the address", async () => {
    const lines = ["host: [fe80::1%25eth0]:80"];
    expect(
      (await sendHead(ports.internal, { target: "/api/health?probe=live", lines })).status,
    ).toBe(200);
  });
});
