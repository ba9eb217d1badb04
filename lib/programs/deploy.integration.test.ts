import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { requireProgram } from "#foundation/platform/testing/debian-packages";
import { renderMetrics } from "#phones/check/server/metrics";
import { supervisorMetrics } from "#programs/server/measure-children";

beforeAll(async () => {
  await requireProgram("/usr/bin/promtool", ["prometheus"]);
  await requireProgram("/usr/bin/docker-compose", ["docker-compose"]);
  await requireProgram("/usr/bin/systemd-analyze", ["systemd"]);
}, 400_000);

/** The metrics of a process without TLS and of a supervisor without processes have no samples, but are named. */
async function exportedMetrics(): Promise<ReadonlyMap<string, string>> {
  const { text } = await renderMetrics();
  return new Map(
    [...`${text}\n${supervisorMetrics([])}`.matchAll(/^# HELP (\S+) (.*)$/gm)].map(
      ([, name = "", help = ""]) => [name, help],
    ),
  );
}

/** Names in an expression of Prometheus that can be metrics of this service. */
function metricsIn(expression: string): readonly string[] {
  return [...expression.matchAll(/\b(?:ucupdates|nodejs|process)_[a-z0-9_]+/g)].map(
    ([name]) => name,
  );
}

const alerts = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          for: z.string().optional(),
          labels: z.object({ severity: z.enum(["critical", "warning"]) }),
          annotations: z.object({ summary: z.string(), description: z.string() }),
        }),
      ),
    }),
  ),
});

const alertTests = z.object({
  tests: z.array(
    z.object({
      alert_rule_test: z.array(
        z.object({ alertname: z.string(), exp_alerts: z.array(z.unknown()).default([]) }),
      ),
    }),
  ),
});

const run = promisify(execFile);

const dashboard = z.object({
  panels: z.array(
    z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) }),
  ),
});

test("the service exports every metric that alerts and dashboard use, with a help text", async () => {
  const exported = await exportedMetrics();
  const { groups } = alerts.parse(parse(await readFile("deploy/prometheus-alerts.yaml", "utf8")));
  const { panels } = dashboard.parse(
    JSON.parse(await readFile("deploy/grafana-dashboard.json", "utf8")),
  );
  const expressions = [
    ...groups.flatMap(({ rules }) => rules.map(({ expr }) => expr)),
    ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
  ];

  const used = new Set(expressions.flatMap(metricsIn));

  expect(used.size).toBeGreaterThan(8);
  expect([...used].filter((name) => !exported.has(name))).toEqual([]);
  expect([...exported].filter(([, help]) => help.trim() === "")).toEqual([]);
  // Every metric of the service's own is on the dashboard.
  const own = [...exported.keys()].filter((name) => name.startsWith("ucupdates_"));
  expect(own.filter((name) => !used.has(name))).toEqual([]);
});

test("every alert fires when it must, and only then", async () => {
  // They exit with an error otherwise, which quotes what they say.
  await run("promtool", ["check", "rules", "deploy/prometheus-alerts.yaml"]);
  await run("promtool", ["test", "rules", "deploy/prometheus-alerts.test.yaml"]);

  const { groups } = alerts.parse(parse(await readFile("deploy/prometheus-alerts.yaml", "utf8")));
  const { tests } = alertTests.parse(
    parse(await readFile("deploy/prometheus-alerts.test.yaml", "utf8")),
  );
  const cases = tests.flatMap((one) => one.alert_rule_test);
  const namesWhere = (isFiring: boolean): ReadonlySet<string> =>
    new Set(
      cases
        .filter(({ exp_alerts: expected }) => expected.length > 0 === isFiring)
        .map(({ alertname }) => alertname),
    );
  const names = new Set(groups.flatMap(({ rules }) => rules.map(({ alert }) => alert)));
  expect(namesWhere(true)).toEqual(names);
  expect(namesWhere(false)).toEqual(names);
});

test("Compose accepts its file, and asks for the passwords", async () => {
  const folder = await mkdtemp(join(tmpdir(), "ucupdates-compose-"));
  const path = join(folder, "compose.yaml");
  const config = ["--file", path, "config", "--quiet"];
  try {
    // Debian's Compose is of the generation that does not know `name`.
    await writeFile(
      path,
      (await readFile("deploy/compose.yaml", "utf8")).replace(/^name:.*$/m, ""),
    );

    const env = { ...process.env, POSTGRES_PASSWORD: "one", S3_PASSWORD: "two" };
    await run("docker-compose", config, { env });
    await expect(
      run("docker-compose", config, { env: { ...env, S3_PASSWORD: "" } }),
    ).rejects.toThrow("set S3_PASSWORD");
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("the compose file names only services and volumes that exist", async () => {
  const compose = z
    .object({
      services: z.record(
        z.string(),
        z.looseObject({
          depends_on: z.record(z.string(), z.unknown()).default({}),
          volumes: z.array(z.string()).default([]),
        }),
      ),
      volumes: z.record(z.string(), z.unknown()),
    })
    .parse(parse(await readFile("deploy/compose.yaml", "utf8")));

  for (const { depends_on: needed, volumes } of Object.values(compose.services)) {
    expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(Object.keys(needed)));
    const names = volumes.map((volume) => volume.split(":", 1)[0] ?? "");
    expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(names));
  }
});

test("systemd accepts the unit", async () => {
  const folder = await mkdtemp(join(tmpdir(), "ucupdates-unit-"));
  try {
    // The paths and the account of an installation do not exist here.
    const unit = (await readFile("deploy/ucupdates.service", "utf8"))
      .replaceAll("/opt/ucupdates/node_modules/.bin/node", process.execPath)
      .replaceAll(/^(User|Group)=.*$/gm, "$1=root");
    const path = join(folder, "ucupdates.service");
    await writeFile(path, unit);

    const { stdout, stderr } = await run("systemd-analyze", ["verify", path]);

    expect(stdout + stderr).not.toContain("ucupdates.service");
  } finally {
    await rm(folder, { recursive: true });
  }
});
