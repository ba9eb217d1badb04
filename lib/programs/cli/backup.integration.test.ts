import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startAnchor } from "#foundation/audit/server/start-anchor";
import { removeAnchor } from "#foundation/audit/testing/anchor";
import { db } from "#foundation/platform/db/client";
import { databaseUrl } from "#foundation/platform/db/database-url";
import { emptyImports } from "#firmware/imports/testing/imports";
import { aPool } from "#firmware/rules/testing/rules";
import { aStoredUpdate } from "#phones/check/testing/stored-update";
import { runCli } from "#programs/cli/testing/run-cli";

/** Each command is a process of its own, which takes seconds on a busy machine. */
const TIMEOUT_MS = 240_000;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ucupdates-cli-backup-"));
  await emptyImports();
  await removeAnchor();
});

afterEach(async () => {
  await removeAnchor();
  await rm(folder, { recursive: true, force: true });
});

async function anExternalService(): Promise<Record<string, string>> {
  const name = `restored_${randomUUID().replaceAll("-", "")}`;
  await db.$executeRawUnsafe(`create database ${name}`);
  const url = new URL(databaseUrl());
  url.pathname = `/${name}`;
  return { DATABASE_URL: url.href, DATA_DIRECTORY: await mkdtemp(join(folder, "data-")) };
}

test(
  "moves a service to the built-in PostgreSQL and back to another one",
  { timeout: TIMEOUT_MS },
  async () => {
    await startAnchor(new Date());
    const pool = await aPool("pool01.contoso.com");
    const { sha256 } = await aStoredUpdate(pool, { version: "4.0.7577.4387" });
    const rules = await runCli(["get-device-update-rule", "--json"]);

    const made = await runCli(["backup", "first.tar"], { env: { INIT_CWD: folder } });
    expect(made).toMatchObject({ code: 0, stdout: "" });
    expect(made.stderr).toMatch(/^Backed up \d+ rows of \d+ tables and 3 files \(.+\)\.\n$/);
    const file = join(folder, "first.tar");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(["first.tar"]);

    const embedded = { DATABASE_URL: "", DATA_DIRECTORY: join(folder, "embedded") };
    expect(await runCli(["restore", file], { env: embedded })).toMatchObject({ code: 0 });
    expect(await runCli(["get-device-update-rule", "--json"], { env: embedded })).toEqual(rules);

    const second = join(folder, "second.tar");
    expect(await runCli(["backup", second], { env: embedded })).toMatchObject({ code: 0 });
    const external = await anExternalService();
    expect(await runCli(["restore", second], { env: external })).toMatchObject({ code: 0 });
    expect(await runCli(["test-audit"], { env: external })).toMatchObject({ code: 0 });
    expect(await runCli(["get-device-update-rule", "--json"], { env: external })).toEqual(rules);
    expect(await readdir(join(external.DATA_DIRECTORY ?? "", "files"))).toContain(
      sha256.slice(0, 2),
    );
  },
);

test("names a file that cannot be written or read", async () => {
  const [written, read] = await Promise.all([
    runCli(["backup", join(folder, "absent", "b.tar")]),
    runCli(["restore", join(folder, "absent.tar")]),
  ]);

  expect(written).toMatchObject({ code: 2 });
  expect(written.stderr).toContain("b.tar cannot be written.");
  expect(read).toMatchObject({ code: 2 });
  expect(read.stderr).toContain("absent.tar cannot be read.");
});

test("a reader of standard output that goes away ends the backup with an error", async () => {
  const { code } = await runCli(["backup", "-"], { closesOutputEarly: true });

  expect(code).not.toBe(0);
});
