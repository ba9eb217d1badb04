import { glob, readFile, rm } from "node:fs/promises";
import { request } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildPanel } from "#foundation/platform/testing/build-panel";
import { newDataDirectory } from "./testing/new-data-directory.ts";
import { signIn } from "./testing/panel-session.ts";
import type { ServerProcess } from "./testing/server-process.ts";
import { startServer, stopServer, urlsOf } from "./testing/server-process.ts";

/** What scripts get at the edges of the REST API: of a running server, because Next answers there by itself. */

const PASSWORD = "the first administrator";
const METHODS = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
const ID = "2de8cbf6-9441-4f61-b755-1e4bef1effde";

let dataDirectory: string;
let server: ServerProcess;
let port: number;
let cookie: string;

beforeAll(async () => {
  await buildPanel();
  dataDirectory = await newDataDirectory("api-edges");
  server = startServer(dataDirectory, {
    ADMIN_PASSWORD: PASSWORD,
    POOL_FQDN: "pool01.contoso.com",
    LOG_LEVEL: "fatal",
  });
  const url = (await urlsOf(server)).http.replace("localhost", "127.0.0.1");
  port = Number(new URL(url).port);
  cookie = await signIn(url, { password: PASSWORD });
}, 400_000);

afterAll(async () => {
  await stopServer(server);
  await rm(dataDirectory, { recursive: true, force: true });
});

type Sent = { readonly headers?: Readonly<Record<string, string>>; readonly body?: string };
type Answer = {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

/** Not `fetch`, which refuses to send some methods. */
async function send(
  method: string,
  path: string,
  { headers = {}, body = "" }: Sent = {},
): Promise<Answer> {
  const sent = request({ port, method, path, headers: { cookie, ...headers } }).end(body);
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.once("response", resolve).once("error", reject);
  });
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
}

function expectProblem(answer: Answer, problem: object, method = "GET"): void {
  expect(answer.headers["content-type"]).toBe("application/problem+json");
  if (method !== "HEAD") {
    expect(JSON.parse(answer.body)).toMatchObject(problem);
  }
}

function allowedBy({ headers }: Answer): readonly string[] {
  return (headers.allow ?? "").split(", ");
}

type Route = { readonly path: string; readonly methods: readonly string[] };

/** Every route of the API with the methods that its file exports. */
async function findRoutes(): Promise<readonly Route[]> {
  const routes: Route[] = [];
  for await (const file of glob("app/api/**/route.ts")) {
    const source = await readFile(file, "utf8");
    const [, path = ""] = /^app(\/api.*)\/route\.ts$/.exec(file) ?? [];
    routes.push({
      path: path.replaceAll(/\[+(?:\.{3})?\w+\]+/g, ID),
      methods: METHODS.filter((method) =>
        new RegExp(String.raw`^export .*\b${method}\b|^ +\w+ as ${method},$`, "m").test(source),
      ),
    });
  }
  return routes;
}

test("refuses a method that a route does not have, and names those that it has", async () => {
  const routes = await findRoutes();
  expect(routes.length).toBeGreaterThan(40);
  for (const { path, methods } of routes) {
    const implied = [...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"];
    const allowed = [...new Set([...methods, ...implied])].sort();
    for (const method of METHODS.filter((name) => !allowed.includes(name))) {
      const answer = await send(method, path);
      expect(answer.status, `${method} ${path}`).toBe(405);
      expect(allowedBy(answer), path).toEqual(allowed);
      const problem = { type: "/problems/method-not-allowed", status: 405, instance: path };
      expectProblem(answer, problem, method);
    }
  }
});

test.each(["TRACE", "PROPFIND", "LINK"])("refuses %s, which no route can have", async (method) => {
  const answer = await send(method, "/api/rules/review");

  expect(answer.status).toBe(405);
  expect(allowedBy(answer)).toEqual(["OPTIONS", "POST"]);
  expectProblem(answer, { status: 405 });
  expect(allowedBy(await send(method, "/devices"))).toEqual(["GET", "HEAD"]);
});

test("refuses a method with a large body, of which the sender reads the answer", async () => {
  const answer = await send("PUT", "/api/devices", { body: "x".repeat(1_000_000) });

  expect(answer.status).toBe(405);
  expectProblem(answer, { status: 405 });
});

test.each([
  "/api",
  "/api/nothing",
  "/api/devices/nothing/more",
  "/api/rules/review/",
  "/api/update",
])("answers 404 for %s with every method", async (path) => {
  for (const method of METHODS) {
    const answer = await send(method, path);
    // The one of a page: the path without its last slash.
    if (answer.status === 308) {
      expect(answer.headers.location).toBe("/api/rules/review");
      continue;
    }
    expect(answer.status, method).toBe(404);
    expectProblem(answer, { type: "/problems/not-found", status: 404, instance: path }, method);
  }
});

test.each(["/api/rules/%ff", "/api/rules/%E0%A4%A", "/api/%", "/devices/%ff", "/%zz"])(
  "answers 400 for %s, whose escapes are not UTF-8",
  async (path) => {
    const answer = await send("GET", path);

    expect(answer.status).toBe(400);
    expectProblem(answer, { type: "/problems/invalid-input", instance: path });
  },
);

test("answers 400 to what is no URL of a webhook", async () => {
  const headers = { "content-type": "application/json", "sec-fetch-site": "same-origin" };
  for (const url of ["", "a b", "http://", "ftp://contoso.com/x"]) {
    const body = JSON.stringify({ name: "x", url, kinds: ["brake"] });
    const answer = await send("POST", "/api/webhooks", { headers, body });
    expect(answer.status, url).toBe(400);
    expectProblem(answer, { errors: [{ path: "body.url" }] });
  }
});

test("answers OPTIONS with the methods of a route, without credentials", async () => {
  const answer = await send("OPTIONS", "/api/rules/review", { headers: { cookie: "" } });

  expect(answer.status).toBe(204);
  expect(allowedBy(answer)).toEqual(["OPTIONS", "POST"]);
});

test.each(["/api/exports/devices", "/api/devices?format=csv", "/api/checks", "/api/live"])(
  "answers HEAD %s without leaving its stream open",
  async (path) => {
    for (let count = 0; count < 25; count += 1) {
      const answer = await send("HEAD", path);
      expect(answer.status, `request ${count}`).toBe(200);
      expect(answer.body).toBe("");
    }
  },
);

test.each([
  ["multipart/form-data; boundary=x", 415],
  ["Multipart/Mixed; boundary=x", 415],
  ["application/x-www-form-urlencoded", 202],
  ["application/octet-stream", 202],
  ["application/vnd.ms-cab-compressed", 202],
])("answers an upload of type %s with %i", async (type, status) => {
  const target = "/api/imports?fileName=a.cab&allPools=true";
  const headers = { "content-type": type, "sec-fetch-site": "same-origin" };
  const answer = await send("POST", target, { headers, body: "MSCF" });

  expect(answer.status, answer.body).toBe(status);
  if (status === 415) {
    expectProblem(answer, { type: "/problems/unsupported-media-type", status: 415 });
    expect(answer.body).toContain("--data-binary @FILE");
  }
});
