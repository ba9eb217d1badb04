import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildPanel } from "#foundation/platform/testing/build-panel";
import { TESTED_DIALECTS } from "#phones/device-api/testing/tested-dialects";
import { runCli } from "#programs/cli/testing/run-cli";
import { startChecks } from "./testing/check-flow.ts";
import { newDataDirectory } from "./testing/new-data-directory.ts";
import { newToken } from "./testing/new-token.ts";
import { countRecordedChecks, embeddedUrlOf } from "./testing/recorded-checks.ts";
import type { ServerProcess } from "./testing/server-process.ts";
import { startServer, stopServer, urlsOf } from "./testing/server-process.ts";
import type { PhoneAnswer, ServiceAccess } from "./testing/service-client.ts";
import {
  approveRules,
  askAsPhone,
  findOfferedVersions,
  importImage,
} from "./testing/service-client.ts";

// A server is backed up while phones check, and another one is restored from the backup and runs beside it.

/** Approved, pending, and without a rule. */
const MODELS = ["CX600", "CX700", "CX3000"] as const;
const WAIT = { timeout: 20_000, interval: 50 };
const OFFERED = Array.from({ length: 8 }, () => "4.0.1");

const servers: ServerProcess[] = [];
let folder: string;
let first: string;
let second: string;
let access: ServiceAccess;

beforeAll(async () => {
  await buildPanel();
  folder = await mkdtemp(join(tmpdir(), "ucupdates-restored-"));
  first = await newDataDirectory("first");
  second = join(folder, "second");
  const url = await start(first);
  access = { url, token: await newToken(first, { DATABASE_URL: "" }) };
}, 400_000);

afterAll(async () => {
  await Promise.all(servers.map(stopServer));
  await Promise.all([folder, first].map((path) => rm(path, { recursive: true, force: true })));
});

async function start(dataDirectory: string): Promise<string> {
  const server = startServer(dataDirectory, { LOG_LEVEL: "fatal" });
  servers.push(server);
  return (await urlsOf(server)).http.replace("localhost", "127.0.0.1");
}

/** Runs a command beside the server with this data directory, or instead of it. */
async function command(args: readonly string[], dataDirectory: string): Promise<void> {
  const env = { DATABASE_URL: "", DATA_DIRECTORY: dataDirectory };
  expect(await runCli(args, { env })).toMatchObject({ code: 0 });
}

/** What a phone of each model is answered in each dialect. The time of an answer is not part of it. */
function answersOf(url: string): Promise<readonly PhoneAnswer[]> {
  return Promise.all(
    TESTED_DIALECTS.flatMap((dialect) =>
      MODELS.map(async (model) => {
        const { headers, ...answer } = await askAsPhone(url, model, dialect);
        const { date, ...others } = headers;
        expect(date).toBeDefined();
        return { ...answer, headers: others };
      }),
    ),
  );
}

/** The image that an answer offers, from the server at `url`: the answer itself names the pool. */
async function download(url: string, { body }: PhoneAnswer): Promise<Buffer> {
  const imageUrl = TESTED_DIALECTS[0]?.internalImageUrl(body) ?? "";
  const response = await fetch(new URL(new URL(imageUrl).pathname, url));
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

test("a server restored from a backup that was made while phones checked answers byte for byte the same", async () => {
  const file = join(folder, "backup.tar");
  await Promise.all(["CX600", "CX700"].map((model) => importImage(access, model)));
  await approveRules(access, "CX600");
  await expect.poll(() => findOfferedVersions(access.url, "CX600"), WAIT).toEqual(OFFERED);
  const checks = startChecks(Number(new URL(access.url).port));
  const recorded = (directory: string): Promise<number> =>
    countRecordedChecks(embeddedUrlOf(directory));
  await expect.poll(() => recorded(first), WAIT).toBeGreaterThan(50);
  const before = { recorded: await recorded(first), answered: checks.answered() };

  await command(["backup", file], first);

  expect(checks.answered()).toBeGreaterThan(before.answered + 50);
  expect(await checks.stop()).toEqual([]);
  await command(["restore", file], second);
  const url = await start(second);
  const answers = await answersOf(access.url);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  expect(await answersOf(url)).toEqual(answers);
  const [offer] = answers;
  if (offer === undefined) {
    throw new Error("There is no answer.");
  }
  expect((await download(url, offer)).equals(await download(access.url, offer))).toBe(true);
  // The rows of one moment in the middle of the checks.
  expect(await recorded(second)).toBeGreaterThanOrEqual(before.recorded);
  await expect.poll(() => recorded(first), WAIT).toBeGreaterThan(await recorded(second));
  // The restored server goes on by itself.
  await approveRules({ ...access, url }, "CX700");
  await expect.poll(() => findOfferedVersions(url, "CX700"), WAIT).toEqual(OFFERED);
  expect(await findOfferedVersions(access.url, "CX700")).not.toContain("4.0.1");
}, 240_000);
