import { expect, test } from "vitest";
import { z } from "zod";
import { parseOutput, runCli } from "#programs/cli/testing/run-cli";
import { aContext } from "#foundation/core/testing/contexts";
import { deviceService } from "#phones/device-api/testing/device-service";
import { reloadRules } from "#phones/check/testing/stored-update";
import { startHomeTable } from "#phones/home-pools/server/home-table";
import { db } from "#foundation/platform/db/client";
import { createPool } from "#fleet/pools/server/create-pool";

const PASSWORD = "this must never be printed";
const part = z.object({ findings: z.array(z.object({ code: z.string() })) });
const report = part.extend({ pools: z.array(part), domains: z.array(part) });

const { internal: service, flush } = deviceService();

async function aLocalPool(): Promise<void> {
  await createPool(aContext(), {
    fqdn: "pool01.contoso.test",
    siteName: "Default",
    internalBaseUrl: `http://127.0.0.1:${service.port}`,
    externalBaseUrl: `http://127.0.0.1:${service.port}`,
    sipDomains: [],
    isDefault: true,
  });
}

test("reports a missing pool as a problem with its fix, and exits with 8", async () => {
  const { code, stdout } = await runCli(["doctor"]);
  expect(code).toBe(8);
  expect(stdout).toContain("There is no pool, so phones are not answered.");
  expect(stdout).toContain("ucupdates new-pool");
  expect(stdout).toContain("1 problem, 1 warning");
});

test("reads a password only at a terminal or from standard input", async () => {
  const withoutTerminal = await runCli(["doctor", "--user", "adamb"]);
  expect(withoutTerminal.code).toBe(2);
  expect(withoutTerminal.stderr).toContain("--password-stdin");
  expect((await runCli(["doctor", "--password-stdin"], { input: PASSWORD })).code).toBe(2);
  expect((await runCli(["doctor", "--password", PASSWORD])).code).toBe(2);
  const empty = await runCli(["doctor", "--user", "adamb", "--password-stdin"]);
  expect(empty.code).toBe(2);
});

test("does not send credentials without TLS, and neither prints nor stores them", async () => {
  await aLocalPool();
  const { code, stdout, stderr } = await runCli(
    ["doctor", "--user", "adamb", "--password-stdin", "--json"],
    { input: `${PASSWORD}\n`, env: { LOG_LEVEL: "trace" } },
  );

  expect(code).toBe(8);
  const { pools, findings } = report.parse(parseOutput({ stdout }));
  expect(findings).toMatchObject([{ code: "no_domain" }]);
  const codes = pools.flatMap((pool) => pool.findings.map((finding) => finding.code));
  expect(codes).toEqual(expect.arrayContaining(["external_not_https", "credentials_withheld"]));
  expect(stdout + stderr).not.toContain(PASSWORD);
  expect(await db.setting.count()).toBe(0);
});

test("without credentials, says that nothing was tried outside, and prints the snippets", async () => {
  await aLocalPool();
  const { stdout } = await runCli(["doctor", "--domain", "contoso.test", "--dns", "127.0.0.1:1"]);
  expect(stdout).toContain("No check and no download was tried at");
  expect(stdout).toContain("$ORIGIN contoso.test.");
  expect(stdout).toContain("ucupdates-r2   3600 IN A     127.0.0.1");
  expect(stdout).toMatch(/^ {4} 43 {2}1=MS-UC-Client, 2=https, 3=pool01\.contoso\.test/m);
});

test("a service in another process recognises the checks of doctor", async () => {
  await aLocalPool();
  await reloadRules();
  await startHomeTable();
  try {
    await runCli(["doctor"]);
    await flush();
    const checks = await db.deviceCheck.findMany({ orderBy: { side: "desc" } });
    expect(checks).toMatchObject([
      { side: "internal", trigger: "readiness" },
      { side: "external", trigger: "readiness" },
    ]);
  } finally {
    await (await startHomeTable()).stop();
  }
});
