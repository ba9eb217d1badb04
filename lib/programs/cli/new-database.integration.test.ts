import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli } from "#programs/cli/testing/run-cli";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ucupdates-new-database-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test("a command says once that its database is new, because it may be the wrong one", async () => {
  const directory = join(folder, "data");
  const env = { DATABASE_URL: "", DATA_DIRECTORY: directory };

  const first = await runCli(["get-pool", "--json"], { env });
  const second = await runCli(["get-pool", "--json"], { env });

  expect(first).toEqual({
    code: 0,
    stdout: "[]\n",
    stderr: `The database in ${directory} is new and empty. If the service uses another one, give commands its DATA_DIRECTORY or DATABASE_URL.\n`,
  });
  expect(second).toEqual({ code: 0, stdout: "[]\n", stderr: "" });
});
