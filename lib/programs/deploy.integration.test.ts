import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { requireProgram } from "#foundation/platform/testing/debian-packages";
import { renderMetrics } from "#phones/check/server/metrics";

/** The metrics of a process without TLS have no certificate, but they name the metric. */
async function exportedMetrics(): Promise<ReadonlyMap<string, string>> {
  const { text } = await renderMetrics();
  return new Map(
    [...text.matchAll(/^# HELP (\S+) (.*)$/gm)].map(([, name = "", help = ""]) => [name, help]),
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
  await requireProgram("/usr/bin/systemd-analyze", ["systemd"]);
  const folder = await mkdtemp(join(tmpdir(), "ucupdates-unit-"));
  try {
    // The paths and the account of an installation do not exist here.
    const unit = (await readFile("deploy/ucupdates.service", "utf8"))
      .replaceAll("/opt/ucupdates/node_modules/.bin/node", process.execPath)
      .replaceAll(/^(User|Group)=.*$/gm, "$1=root");
    const path = join(folder, "ucupdates.service");
    await writeFile(path, unit);

    const { stdout, stderr } = await promisify(execFile)("systemd-analyze", ["verify", path]);

    expect(stdout + stderr).not.toContain("ucupdates.service");
  } finally {
    await rm(folder, { recursive: true });
  }
});
