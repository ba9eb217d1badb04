import { beforeEach, expect, test } from "vitest";
import { parseOutput, runCli } from "#programs/cli/testing/run-cli";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import { aPool } from "#firmware/rules/testing/rules";

beforeEach(async () => {
  await emptyTables();
  await aPool();
  await aPool("pool02.contoso.com");
});

test("sets a user's home pool, changes it, and lists it", async () => {
  const given = await runCli([
    ...["set-user-home", "sip:AdamB@contoso.com", "--pool", "pool01.contoso.com"],
    ...["--user-name", String.raw`CONTOSO\adamb`],
  ]);
  expect(given.code).toBe(0);
  await runCli(["set-user-home", "anna@fabrikam.com", "--pool", "pool01.contoso.com"]);
  const moved = await runCli([
    ...["set-user-home", "adamb@contoso.com", "--pool", "service:WebServer:pool02.contoso.com"],
    "--json",
  ]);
  expect(parseOutput(moved)).toMatchObject([
    { sipAddress: "sip:adamb@contoso.com", homePool: "pool02.contoso.com" },
  ]);

  const shown = await runCli(["get-user-home", "--filter", "contoso.com", "--json"]);
  expect(parseOutput(shown)).toMatchObject([
    { sipAddress: "sip:adamb@contoso.com", homePool: "pool02.contoso.com" },
    { sipAddress: "sip:anna@fabrikam.com", homePool: "pool01.contoso.com" },
  ]);
  expect(parseOutput(await runCli(["get-user-home", "--filter", "anna", "--json"]))).toHaveLength(
    1,
  );
});

test("removes home pools, and prints their number with --what-if", async () => {
  for (const user of ["adamb@contoso.com", "anna@contoso.com"]) {
    await runCli(["set-user-home", user, "--pool", "pool01.contoso.com"]);
  }
  const remove = ["remove-user-home", "adamb@contoso.com", "unknown@contoso.com"];

  expect(await runCli([...remove, "--what-if"])).toMatchObject({
    code: 0,
    stdout: "1 would be removed.\n",
  });
  expect(await db.userHome.count()).toBe(2);
  expect(await runCli(remove)).toMatchObject({ code: 0, stdout: "1 removed.\n" });
  expect(await db.userHome.findMany()).toMatchObject([{ sipAddress: "anna@contoso.com" }]);
});

test("refuses an invalid address and an unknown pool", async () => {
  const pool = ["--pool", "pool01.contoso.com"];
  const wrong = await runCli(["set-user-home", "adamb", ...pool]);
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain("A SIP address such as adamb@contoso.com.");
  expect((await runCli(["set-user-home", "adamb@contoso.com"])).code).toBe(2);
  const nowhere = ["set-user-home", "adamb@contoso.com", "--pool", "pool09.contoso.com"];
  expect((await runCli(nowhere)).code).toBe(3);
  expect((await runCli(["remove-user-home"])).code).toBe(2);
  expect(await db.userHome.count()).toBe(0);
});
