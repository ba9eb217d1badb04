import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { aPool, anApprovedRule } from "#firmware/rules/testing/rules";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import { aRecord, storeChecks } from "#phones/check-log/testing/records";
import { watchRollOuts } from "#phones/roll-outs/server/watch-roll-outs";
import { parseOutput, runCli } from "#programs/cli/testing/run-cli";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ucupdates-cli-sites-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

beforeEach(async () => {
  await emptyTables();
});

test("adds networks twice with one result, moves them, and lists them with their phones", async () => {
  const { id: poolId } = await aPool();
  await storeChecks([
    aRecord({ poolId, serialNumber: "A", address: "10.4.0.1" }),
    aRecord({ poolId, serialNumber: "B", address: "10.5.0.1" }),
  ]);
  const set = ["set-site-network", "10.4.0.0/16", "2001:db8:4::/48", "--site", "Berlin"];

  const preview = await runCli([...set, "--what-if", "--json"]);
  expect(preview.stderr).toContain("New sites: Berlin");
  expect(parseOutput(preview)).toMatchObject([
    { network: "10.4.0.0/16", site: "Berlin", change: "added", fromSite: null, phones: 1 },
    { network: "2001:db8:4::/48", change: "added", phones: 0 },
  ]);
  expect(await db.siteNetwork.count()).toBe(0);

  expect(await runCli(set)).toMatchObject({ code: 0, stderr: "2 added, 0 moved, 0 unchanged.\n" });
  expect(await runCli(set)).toMatchObject({ code: 0, stderr: "0 added, 0 moved, 2 unchanged.\n" });
  await runCli(["set-site-network", "10.0.0.0/8", "--site", "Europe"]);
  const moved = await runCli(["set-site-network", "10.4.0.0/16", "--site", "europe"]);
  expect(moved.stderr).toBe("0 added, 1 moved, 0 unchanged.\n");

  // The job of the worker has not run.
  expect(parseOutput(await runCli(["get-site-network", "--site", "EUROPE", "--json"]))).toEqual([
    { network: "10.0.0.0/8", site: "Europe", phones: 0, within: null, withinSite: null },
    {
      network: "10.4.0.0/16",
      site: "Europe",
      phones: 0,
      within: "10.0.0.0/8",
      withinSite: "Europe",
    },
  ]);
  expect(parseOutput(await runCli(["get-site", "berlin", "--json"]))).toMatchObject([
    { name: "Berlin", phones: 0, pools: [], networkCount: 1, networks: ["2001:db8:4::/48"] },
  ]);
});

test("reads a file of networks, and changes nothing if a line cannot be used", async () => {
  const file = join(folder, "networks.csv");
  const set = ["set-site-network", "--from-file", file];
  await writeFile(file, "network;site\n10.4.7.9/16;Berlin\n10.5.0.0/16;Paris\n10.6.0.0/16\n");

  const refused = await runCli(set);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain(
    "Line 2: 10.4.7.9/16;Berlin has bits set beyond its prefix; the network is 10.4.0.0/16.",
  );
  expect(refused.stderr).toContain("Line 4: 10.6.0.0/16 names no site");
  expect(await db.siteNetwork.count()).toBe(0);

  await writeFile(file, "network;site\n10.4.0.0/16;Berlin\n10.5.0.0/16;Paris\n10.6.0.0/16\n");
  expect((await runCli(set)).stderr).toBe(
    "ucupdates: Line 4: 10.6.0.0/16 names no site of 1 to 64 characters.\n",
  );
  const withSite = await runCli([...set, "--site", "Rome"]);
  expect(withSite).toMatchObject({ code: 0, stderr: "3 added, 0 moved, 0 unchanged.\n" });
  expect((await runCli(["set-site-network"])).code).toBe(2);
  expect((await runCli([...set, "10.7.0.0/16"])).code).toBe(2);
});

test("adds, renames and removes sites, with the refusals of the panel", async () => {
  expect(parseOutput(await runCli(["new-site", "Berlin", "--json"]))).toMatchObject([
    { name: "Berlin", networks: [], phones: 0 },
  ]);
  expect((await runCli(["new-site", "BERLIN"])).code).toBe(4);
  expect((await runCli(["set-site", "berlin", "--name", "Potsdam"])).code).toBe(0);
  expect((await runCli(["get-site", "Berlin"])).code).toBe(3);
  expect((await runCli(["get-site-network", "--site", "Berlin"])).code).toBe(2);

  await runCli(["set-site-network", "10.4.0.0/16", "10.5.0.0/16", "--site", "Potsdam"]);
  const remove = ["remove-site-network", "10.4.0.0/16"];
  expect((await runCli([...remove, "--what-if"])).stdout).toBe(
    "1 would be removed. Phones in them: 0.\n",
  );
  expect(await runCli(remove)).toMatchObject({ code: 0, stdout: "1 removed.\n" });
  expect((await runCli(remove)).code).toBe(3);

  const whatIf = await runCli(["remove-site", "Potsdam", "--what-if"]);
  expect(whatIf.stdout).toBe("Potsdam would be removed. Networks: 1. Phones at it: 0.\n");
  expect((await runCli(["remove-site", "Potsdam"])).code).toBe(0);
  await aPool("pool01.contoso.com");
  const [site] = await db.site.findMany();
  expect((await runCli(["remove-site", site?.name ?? ""])).code).toBe(6);
  expect(await db.siteNetwork.count()).toBe(0);
});

test("shows how far a roll-out is at each site", async () => {
  const pool = await aPool();
  await runCli(["set-site-network", "10.4.0.0/16", "--site", "Berlin"]);
  await storeChecks(
    ["10.4.0.1", "10.4.0.2", "192.0.2.1"].map((address) =>
      aRecord({ poolId: pool.id, serialNumber: address, address, at: new Date("2026-02-01") }),
    ),
  );
  await anApprovedRule(pool, "4.0.7577.4387");
  const { id, startedAt } = await db.rollOut.findFirstOrThrow();
  await watchRollOuts(startedAt);

  const shown = await runCli(["get-device-update-rollout-site", id, "--json"]);

  expect(parseOutput(shown)).toMatchObject([
    { site: "Berlin", target: 2, running: 0, silent: 2 },
    { site: pool.siteName, target: 1, running: 0, silent: 1 },
  ]);
  expect((await runCli(["get-device-update-rollout-site", pool.id])).code).toBe(3);
});
