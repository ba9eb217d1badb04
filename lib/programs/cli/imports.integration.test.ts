import { mkdtemp, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { readFixture } from "#formats/cab/testing/read-all";
import { parseOutput, runCli } from "#programs/cli/testing/run-cli";
import type { CliResult } from "#programs/cli/testing/run-cli";
import { emptyImports, listStaging, someDetails } from "#firmware/imports/testing/imports";
import { aPackage, anUndescribedPackage } from "#firmware/imports/testing/packages";
import { db } from "#foundation/platform/db/client";
import { env } from "#foundation/platform/env";
import { aPool } from "#firmware/rules/testing/rules";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ucupdates-cli-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  await emptyImports();
  await aPool("pool01.contoso.com");
});

/** Runs a command whose file names are relative to `folder`. */
function runInFolder(...args: readonly string[]): Promise<CliResult> {
  return runCli(args, { env: { INIT_CWD: folder } });
}

async function aFile(name: string, content: Uint8Array | string): Promise<void> {
  await writeFile(join(folder, name), content);
}

const printed = z.object({
  id: z.string().nullable(),
  state: z.string(),
  isWhatIf: z.boolean(),
  error: z.string().nullable(),
  rules: z.array(z.object({ outcome: z.string(), poolFqdn: z.string(), version: z.string() })),
  undescribed: z.array(z.object({ path: z.string() })),
});

function importIdIn(result: CliResult): string {
  return printed.parse(parseOutput(result)).id ?? "";
}

test("an import that is interrupted while it copies leaves nothing behind", async () => {
  const file = join(folder, "large.bin");
  await writeFile(file, "firmware");
  // Without content on the disk: more than a second of copying.
  await truncate(file, 1024 ** 3);

  const result = await runCli(["import-device-update", "--all-pools", file], {
    interruptedAt: "Copying:",
  });

  expect(result).toMatchObject({ code: 130, stdout: "" });
  expect(result.stderr).toMatch(/\nucupdates: Stopped before the command was complete\.\n$/);
  expect(await db.importJob.count()).toBe(0);
  expect(await listStaging()).toEqual([]);
});

test("imports a package without a running service", async () => {
  await aFile("UCUpdates.cab", aPackage());

  const { code, stdout, stderr } = await runInFolder(
    "import-device-update",
    "--pool",
    "pool01.contoso.com",
    "UCUpdates.cab",
  );

  expect(code).toBe(0);
  expect(stdout).toContain("1 new rule, 0 rules with a new pending version, 0 unchanged.");
  expect(stderr).toContain("Copying: ");
  expect(await db.updateRule.count({ where: { pendingReleaseId: { not: null } } })).toBe(1);
  expect(await listStaging()).toEqual([]);
});

test("accepts the cmdlet's parameter names, and says that the same package changes nothing", async () => {
  await aFile("UCUpdates.cab", aPackage());
  const words = [
    "import-device-update",
    "--identity",
    "service:WebServer:POOL01.contoso.com",
    "--file-name",
    "UCUpdates.cab",
  ] as const;
  await runInFolder(...words);

  const again = await runInFolder(...words);

  expect(again.code).toBe(0);
  expect(again.stdout).toContain("pending already");
  expect(again.stdout).toContain("Nothing changes");
});

test("--what-if prints what an import would do, and stores nothing", async () => {
  await aFile("UCUpdates.cab", aPackage());

  const result = await runInFolder(
    "import-device-update",
    "--all-pools",
    "UCUpdates.cab",
    "--what-if",
    "--json",
  );

  expect(result.code).toBe(0);
  expect(printed.parse(parseOutput(result))).toMatchObject({
    id: null,
    isWhatIf: true,
    state: "succeeded",
    rules: [{ outcome: "created", poolFqdn: "pool01.contoso.com" }],
  });
  expect(await db.updateRule.count()).toBe(0);
  expect(await db.importJob.count()).toBe(0);
  expect(await listStaging()).toEqual([]);
});

test("prints the same answer and exit code with --what-if as without it", async () => {
  for (const name of ["same-version-1.cab", "same-version-2.cab"]) {
    await aFile(name, readFixture(`field/${name}`));
  }
  await aFile("notes.cab", Buffer.from("this is not a cabinet"));
  const run = (...args: readonly string[]) =>
    runInFolder("import-device-update", "--all-pools", "--json", ...args);
  expect((await run("same-version-1.cab")).code).toBe(0);

  for (const name of ["same-version-2.cab", "notes.cab"]) {
    const preview = await run(name, "--what-if");
    const real = await run(name);

    expect([preview.code, real.code]).toEqual([9, 9]);
    expect(printed.parse(parseOutput(preview)).error).toBe(printed.parse(parseOutput(real)).error);
  }
});

test("explains in one sentence why a package cannot be imported", async () => {
  await aFile("notes.cab", "this is not a cabinet");

  const result = await runInFolder("import-device-update", "--all-pools", "notes.cab", "--json");

  expect(result.code).toBe(9);
  const { state, error } = printed.parse(parseOutput(result));
  expect(state).toBe("failed");
  expect(error).not.toBe("");
  expect(result.stderr).toContain(`ucupdates: The import failed: ${error ?? ""}`);
});

test("waits for details, prints how to give them, and continues when they are given", async () => {
  await aFile("plain.cab", anUndescribedPackage("firmware\\sip.ld"));
  const waiting = await runInFolder("import-device-update", "--all-pools", "plain.cab", "--json");
  expect(waiting.code).toBe(10);
  const id = importIdIn(waiting);
  expect(waiting.stderr).toContain(`resume-device-update-import ${id} --describe`);

  const template = await runInFolder("get-device-update-import", id, "--template");
  const { path } = z
    .object({ details: z.tuple([z.object({ path: z.string() })]) })
    .parse(parseOutput(template)).details[0];
  await aFile("details.json", JSON.stringify([someDetails({ path })]));
  const resumed = await runInFolder(
    "resume-device-update-import",
    id,
    "--describe",
    "details.json",
  );

  expect(resumed.code).toBe(0);
  expect(resumed.stdout).toContain("1 new rule,");
});

test("imports an undescribed package in one command with --describe", async () => {
  await aFile("plain.cab", anUndescribedPackage("sip.ld"));
  await aFile("details.json", JSON.stringify([someDetails({ path: "sip.ld" })]));

  const { code } = await runInFolder(
    "import-device-update",
    "--all-pools",
    "plain.cab",
    "--describe",
    "details.json",
  );

  expect(code).toBe(0);
  expect(await db.updateRule.count()).toBe(1);
  // The answers are with the import from its start: a command that is stopped does not lose them.
  expect(await db.notice.count({ where: { kind: "import_waiting" } })).toBe(0);
});

test("cancels an import that waits for an answer", async () => {
  await aFile("plain.cab", anUndescribedPackage());
  const waiting = await runInFolder("import-device-update", "--all-pools", "plain.cab", "--json");

  const stopped = await runInFolder("stop-device-update-import", importIdIn(waiting));

  expect(stopped.code).toBe(0);
  const list = await runInFolder("get-device-update-import", "--json");
  expect(parseOutput(list)).toMatchObject([{ state: "cancelled", fileName: "plain.cab" }]);
});

test.each([
  ["no pool", ["UCUpdates.cab"]],
  ["a pool that does not exist", ["--pool", "nowhere.contoso.com", "UCUpdates.cab"]],
  ["no file", ["--all-pools"]],
  ["a file that does not exist", ["--all-pools", "nothing.cab"]],
  ["a folder", ["--all-pools", "."]],
  ["pools in two ways", ["--all-pools", "--pool", "pool01.contoso.com", "UCUpdates.cab"]],
])("refuses a call with %s before anything is copied", async (_, args) => {
  await aFile("UCUpdates.cab", aPackage());

  const { code, stderr } = await runInFolder("import-device-update", ...args);

  expect(code).toBe(2);
  expect(stderr.trimEnd().split("\n").at(-1)).toMatch(/^ucupdates: /);
  expect(await db.importJob.count()).toBe(0);
});

test("deletes only firmware that no rule uses", async () => {
  await aFile("old.cab", aPackage([{ model: "CX600", version: "1.0.0.0" }]));
  await aFile("new.cab", aPackage([{ model: "CX600", version: "2.0.0.0" }]));
  await runInFolder("import-device-update", "--all-pools", "old.cab");
  await runInFolder("import-device-update", "--all-pools", "new.cab");
  expect(await storedFiles()).toHaveLength(2);

  const preview = await runInFolder("clear-device-update-file", "--what-if");
  expect(preview.stdout).toContain("1 version would be deleted.");
  expect(await storedFiles()).toHaveLength(2);

  const cleared = await runInFolder("clear-device-update-file", "--json");

  expect(cleared.code).toBe(0);
  expect(parseOutput(cleared)).toMatchObject({
    isWhatIf: false,
    releases: [{ version: "1.0.0.0" }],
    removedFiles: 1,
    isPostponed: false,
  });
  expect(await storedFiles()).toHaveLength(1);
  expect(await db.auditEntry.count({ where: { action: "release.cleared" } })).toBe(1);
});

async function storedFiles(): Promise<readonly string[]> {
  const names = await readdir(join(env().DATA_DIRECTORY, "files"), { recursive: true });
  return names.filter((name) => /[0-9a-f]{64}$/.test(name));
}
