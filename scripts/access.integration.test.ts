import { createHash } from "node:crypto";
import { glob, readFile, rm } from "node:fs/promises";
import { request } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { text as readText } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createAccount } from "#access/accounts/server/create-account";
import { createApiTokenFor } from "#access/accounts/server/create-api-token-for";
import { findAccountByName } from "#access/accounts/server/store";
import { MAX_SESSION_IDLE_SECONDS } from "#access/accounts/session";
import type { Role } from "#foundation/core/permissions";
import { ROLES } from "#foundation/core/permissions";
import { aContext } from "#foundation/core/testing/contexts";
import { db } from "#foundation/platform/db/client";
import { databaseUrl } from "#foundation/platform/db/database-url";
import { buildPanel } from "#foundation/platform/testing/build-panel";
import { emptyTables } from "#foundation/platform/testing/database";
import { ACTION_ACCESS, ACTIONS_FOR_ANYONE } from "./testing/action-access.ts";
import { newDataDirectory } from "./testing/new-data-directory.ts";
import { signIn } from "./testing/panel-session.ts";
import type { RestAccess } from "./testing/rest-access.ts";
import { ID, PATH_PARTS, REST_ACCESS, REST_VARIANTS } from "./testing/rest-access.ts";
import type { ServerProcess } from "./testing/server-process.ts";
import { startServer, stopServer, urlsOf } from "./testing/server-process.ts";

/**
 * Who may do what: every route of the REST API and every server action of a running server, for each role and for each way in
 * which credentials can have ended. A new route or action has to be added to the tables, or the first test fails.
 */

const PASSWORD = "correct horse battery";
const METHOD = /\b(?:DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT)\b/g;

let dataDirectory: string;
let server: ServerProcess;
let url: string;
/** The headers that authenticate a caller. */
const callers = new Map<string, Readonly<Record<string, string>>>();

beforeAll(async () => {
  await buildPanel();
  await emptyTables();
  dataDirectory = await newDataDirectory("access");
  server = startServer(dataDirectory, {
    ...{ DATABASE_URL: databaseUrl(), ADMIN_PASSWORD: PASSWORD, POOL_FQDN: "pool01.contoso.com" },
    LOG_LEVEL: "fatal",
  });
  url = (await urlsOf(server)).http.replace("localhost", "127.0.0.1");
  for (const role of ROLES) {
    callers.set(role, await addAccount(role, role));
    callers.set(`${role} in the panel`, await signInAs(role));
  }
  await addEndedCallers();
}, 400_000);

afterAll(async () => {
  await stopServer(server);
  await rm(dataDirectory, { recursive: true, force: true });
});

/** Returns the headers of an API token of the account. */
async function addAccount(name: string, role: Role): Promise<{ readonly authorization: string }> {
  await createAccount(now(), { name, password: PASSWORD, role });
  const token = { accountName: name, name: "script", keepDays: 1 };
  const { secret } = await createApiTokenFor(now(), token);
  return { authorization: `Bearer ${secret}` };
}

async function signInAs(name: string): Promise<{ readonly cookie: string }> {
  const cookie = await signIn(url, { name, password: PASSWORD });
  expect(cookie).toContain("session-token=");
  return { cookie };
}

/** Callers that had every right until their account, token or session ended. */
async function addEndedCallers(): Promise<void> {
  callers.set("a caller without credentials", {});
  callers.set("Basic credentials", { authorization: `Basic ${btoa(`admin:${PASSWORD}`)}` });
  callers.set("a wrong token", { authorization: "Bearer ucu_wrong" });
  callers.set("a wrong cookie", { cookie: "next-auth.session-token=wrong" });
  for (const [name, end] of Object.entries(ENDS)) {
    const accountName = name.replaceAll(" ", "-");
    const token = await addAccount(accountName, "administrator");
    const session = await signInAs(accountName);
    const { id } = (await findAccountByName(db, accountName)) ?? { id: "" };
    await end(id);
    callers.set(`the token after: ${name}`, token);
    callers.set(`the session after: ${name}`, session);
  }
}

const ENDS: Readonly<Record<string, (accountId: string) => Promise<unknown>>> = {
  revoked: async (accountId) => {
    await db.apiToken.deleteMany({ where: { accountId } });
    await db.session.deleteMany({ where: { accountId } });
  },
  expired: async (accountId) => {
    await db.apiToken.updateMany({ where: { accountId }, data: { expiresAt: new Date() } });
    const lastUsedAt = new Date(Date.now() - MAX_SESSION_IDLE_SECONDS * 1000);
    await db.session.updateMany({ where: { accountId }, data: { lastUsedAt } });
  },
  disabled: (id) => db.account.update({ where: { id }, data: { isEnabled: false } }),
  removed: (id) => db.account.delete({ where: { id } }),
};

function now() {
  return aContext({ now: new Date() });
}

type Sent = { readonly headers: Readonly<Record<string, string>>; readonly body?: string };
type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
};

let addresses = 0;

/** From another address each time: wrong credentials count towards a limit for each address. */
async function send(method: string, path: string, { headers, body = "" }: Sent): Promise<Answer> {
  addresses += 1;
  const sent = request(`${url}${path}`, {
    method,
    headers: { ...headers, "sec-fetch-site": "same-origin" },
    localAddress: `127.1.${addresses >> 8}.${addresses & 255}`,
  }).end(body);
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.once("response", resolve).once("error", reject);
  });
  const { statusCode: status = 0, headers: received } = answer;
  if (received["content-type"]?.startsWith("text/event-stream") === true) {
    // It has no end.
    answer.destroy();
    return { status, headers: received, text: "" };
  }
  return { status, headers: received, text: await readText(answer) };
}

/** Sends a call such as `POST /api/rules/review`. */
async function callRest(
  call: string,
  { query = "", body }: RestAccess,
  caller: string,
): Promise<{ readonly status: number; readonly problem: unknown; readonly text: string }> {
  const [method = "", path = ""] = call.split(" ");
  const filled = path.replaceAll(
    /\[+(?:\.{3})?(\w+)\]+/g,
    (_, name: string) => PATH_PARTS[name] ?? ID,
  );
  const isFile = typeof body === "string";
  const { status, headers, text } = await send(method, `${filled}${query}`, {
    headers: {
      ...callers.get(caller),
      "content-type": isFile ? "application/octet-stream" : "application/json",
    },
    ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
  });
  const isProblem = headers["content-type"] === "application/problem+json";
  return { status, text, problem: isProblem ? JSON.parse(text) : null };
}

const REST_CALLS = [...Object.entries(REST_ACCESS), ...REST_VARIANTS].filter(
  ([, { role }]) => role !== "anyone",
);

function mayUse(role: Role, needed: RestAccess["role"]): boolean {
  return needed === "anyone" || ROLES.indexOf(role) <= ROLES.indexOf(needed);
}

/** What the database holds of what people do and manage. */
async function contentOfDatabase(): Promise<string> {
  const rows = await Promise.all([
    ...[db.auditEntry.findMany(), db.account.findMany(), db.apiToken.count(), db.session.count()],
    ...[
      db.pool.findMany(),
      db.site.findMany(),
      db.siteNetwork.findMany(),
      db.testDevice.findMany(),
    ],
    ...[db.importJob.findMany(), db.updateRule.findMany(), db.ruleEvent.findMany()],
    ...[db.versionMatch.findMany(), db.webhook.findMany(), db.outgoingMessage.findMany()],
    ...[db.savedView.findMany(), db.deviceToken.findMany(), db.userHome.findMany()],
    ...[db.logSettings.findMany(), db.phoneJob.findMany(), db.notificationChoice.findMany()],
  ]);
  const text = JSON.stringify(rows, (_, value: unknown) =>
    typeof value === "bigint" ? String(value) : value,
  );
  return createHash("sha256").update(text).digest("hex");
}

async function expectNothingDone(act: () => Promise<void>): Promise<void> {
  const before = await contentOfDatabase();
  await act();
  expect(await contentOfDatabase()).toBe(before);
}

const anyText: unknown = expect.any(String);
/** What differs between two problems of one kind. Nothing else is in them: a refusal shows nothing. */
const OCCURRENCE = { instance: anyText, requestId: anyText };

test("the tables name every route and every server action", async () => {
  const routes: string[] = [];
  for await (const file of glob("app/api/**/route.ts")) {
    const exported = (await readFile(file, "utf8"))
      .split("\n")
      .filter((line) => /^export |^ +\w+ as \w+,$/.test(line));
    const methods = new Set(exported.join("\n").match(METHOD));
    const path = file.replaceAll("\\", "/").replace(/^app(.*)\/route\.ts$/, "$1");
    routes.push(...[...methods].map((method) => `${method} ${path}`));
  }
  expect(routes.toSorted()).toEqual(Object.keys(REST_ACCESS).toSorted());
  expect([...(await findActions()).keys()].toSorted()).toEqual(
    [...Object.keys(ACTION_ACCESS), ...ACTIONS_FOR_ANYONE].toSorted(),
  );
});

/** Expects every call to be answered with exactly this problem, and the database to stay as it is. */
async function expectRefused(
  calls: typeof REST_CALLS,
  caller: string,
  expected: { readonly status: number } & Readonly<Record<string, unknown>>,
): Promise<void> {
  await expectNothingDone(async () => {
    for (const [call, access] of calls) {
      const { status, problem } = await callRest(call, access, caller);
      expect(status, call).toBe(expected.status);
      expect(problem, call).toStrictEqual({ ...OCCURRENCE, ...expected });
    }
  });
}

test.each([
  "a caller without credentials",
  "Basic credentials",
  "a wrong token",
  "a wrong cookie",
  ...Object.keys(ENDS).flatMap((name) => [
    `the token after: ${name}`,
    `the session after: ${name}`,
  ]),
])("REST answers 401 to %s, and does nothing", async (caller) => {
  await expectRefused(REST_CALLS, caller, {
    type: "/problems/unauthenticated",
    title: "Authentication required",
    status: 401,
    detail: "Sign in, or send an API token.",
  });
});

test.each(
  (["viewer", "operator"] as const).flatMap((role) => [
    [role, role] as const,
    [`${role} in the panel`, role] as const,
  ]),
)("REST answers 403 to what %s may not, and does nothing", async (caller, role) => {
  const refused = REST_CALLS.filter(([, access]) => !mayUse(role, access.role));
  expect(refused.length).toBeGreaterThan(15);
  await expectRefused(refused, caller, {
    type: "/problems/forbidden",
    title: "Not allowed",
    status: 403,
    detail: `The role ${role} does not allow this.`,
  });
});

test.each(ROLES)("REST does not refuse what the role %s may", async (role) => {
  for (const [call, access] of REST_CALLS.filter(([, one]) => mayUse(role, one.role))) {
    const { status, text } = await callRest(call, access, role);
    expect([401, 403, 405, 500], `${call}: ${text}`).not.toContain(status);
  }
});

/** The paths of all pages of the panel. */
async function findPages(): Promise<readonly string[]> {
  const paths: string[] = [];
  for await (const file of glob("app/(panel)/**/page.tsx")) {
    const [, path = ""] = /^app.\(panel\)(.*).page\.tsx$/.exec(file) ?? [];
    paths.push(path.replaceAll("\\", "/").replaceAll(/\[\w+\]/g, ID));
  }
  return paths;
}

test.each([
  "a caller without credentials",
  "a wrong cookie",
  ...Object.keys(ENDS).map((name) => `the session after: ${name}`),
])("every page sends %s to the sign-in", async (caller) => {
  for (const path of await findPages()) {
    const { status, headers } = await send("GET", path, { headers: callers.get(caller) ?? {} });
    expect(status, path).toBe(307);
    expect(headers.location, path).toMatch(/^(?:http:\/\/[^/]+)?\/sign-in\b/);
  }
});

test.each(ROLES)("no page fails for the role %s, also one that it may not see", async (role) => {
  for (const path of await findPages()) {
    const headers = callers.get(`${role} in the panel`) ?? {};
    const { status, text } = await send("GET", path, { headers });
    expect([200, 307, 404], path).toContain(status);
    expect(text, path).not.toContain("/sign-in?");
  }
});

const actionManifest = z.object({
  node: z.record(
    z.string(),
    z.object({ exportedName: z.string(), workers: z.record(z.string(), z.unknown()) }),
  ),
});

type Action = { readonly id: string; readonly path: string };

/** How a client calls the server actions: with their id, at the path of a page that has them. */
async function findActions(): Promise<ReadonlyMap<string, Action>> {
  const text = await readFile(".next/server/server-reference-manifest.json", "utf8");
  const { node } = actionManifest.parse(JSON.parse(text));
  return new Map(
    Object.entries(node).map(([id, { exportedName, workers }]) => {
      const [page = ""] = Object.keys(workers);
      const path = page.replace(/^app\/\(panel\)|\/page$/g, "").replaceAll(/\[\w+\]/g, ID);
      return [exportedName, { id, path }];
    }),
  );
}

/** The value that an action returns, as its client reads it. */
async function callAction(name: string, caller: string): Promise<unknown> {
  const { id = "", path = "" } = (await findActions()).get(name) ?? {};
  const { text } = await send("POST", path, {
    headers: {
      ...callers.get(caller),
      "next-action": id,
      "content-type": "text/plain;charset=UTF-8",
      accept: "text/x-component",
    },
    body: JSON.stringify([ACTION_ACCESS[name]?.input]),
  });
  const [, value] = /^\d+:(\{"ok":.*)$/m.exec(text) ?? [];
  return value === undefined ? text : JSON.parse(value);
}

test.each([
  "a caller without credentials",
  "a wrong cookie",
  "viewer",
  "the token after: revoked",
  ...Object.keys(ENDS).map((name) => `the session after: ${name}`),
])("server actions refuse %s, and do nothing", async (caller) => {
  await expectNothingDone(async () => {
    for (const name of Object.keys(ACTION_ACCESS)) {
      expect(await callAction(name, caller), name).toMatchObject({
        ok: false,
        code: "unauthenticated",
      });
    }
  });
});

test.each(["viewer", "operator"] as const)(
  "server actions refuse what the role %s may not, and do nothing",
  async (role) => {
    const refused = Object.entries(ACTION_ACCESS).filter(
      ([, access]) => !mayUse(role, access.role),
    );
    expect(refused.length).toBeGreaterThan(30);
    await expectNothingDone(async () => {
      for (const [name] of refused) {
        expect(await callAction(name, `${role} in the panel`), name).toMatchObject({
          ok: false,
          code: "forbidden",
        });
      }
    });
  },
);
