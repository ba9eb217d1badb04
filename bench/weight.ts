/**
 * What every page of the panel weighs, and when its content is visible on a slow laptop. Fails if a target is missed.
 * Run: npm run weight
 */
import { globSync } from "node:fs";
import { loadavg } from "node:os";
import process from "node:process";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright";
import type { Browser } from "playwright";
import { chromiumPath } from "../e2e/support/chromium.ts";
import { signIn } from "../scripts/testing/panel-session.ts";
import { loadPage } from "./support/load-page.ts";
import type { Loaded } from "./support/load-page.ts";
import { seedFleet } from "./support/fleet.ts";
import { median } from "./support/percentiles.ts";
import { ADMIN_PASSWORD, startService } from "./support/service.ts";

const PHONES = Number(process.env.BENCH_PHONES ?? 2_000);
const CHECKS = Number(process.env.BENCH_CHECKS ?? 5_000);

/** A search that matches nothing shows what a list weighs without its rows. Pages without a search ignore it. */
const NO_ROWS = "?q=no-such-thing";

const TARGETS = {
  htmlBytes: 60_000,
  scriptBytes: 200_000,
  fontBytes: 80_000,
  visibleMs: 1_000,
} as const;

/** The lists whose first row must be visible soon on a slow laptop, each loaded several times. */
const FIRST_LISTS = ["/devices", "/checks", "/updates/all"];
const FIRST_ROW_TARGET_MS = 1_000;
const LOADS = 3;
/** Pages are measured on half the speed of this processor, the first lists on a quarter. */
const PAGE_SLOWDOWN = 2;
const LIST_SLOWDOWN = 4;

/** The lists whose first row leads to a page of its own. */
const LISTS = ["/updates/all", "/devices", "/updates/imports", "/logs", "/captures"];

type Weight = Pick<Loaded, "scriptBytes" | "fontBytes" | "requests" | "visibleMs"> & {
  readonly fullBytes: number;
  readonly gzipBytes: number;
  /** The HTML without the rows of a list. */
  readonly htmlBytes: number;
};

const service = await startService();
const browser = await chromium.launch({
  ...chromiumPath(),
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
});
try {
  await seedFleet(service.database.url, { phones: PHONES, checks: CHECKS });
  const origin = `http://127.0.0.1:${service.server.port}`;
  const cookie = await signIn(origin, { password: ADMIN_PASSWORD });
  console.log(
    `Targets: HTML without rows ${kilobytes(TARGETS.htmlBytes)}, scripts ${kilobytes(TARGETS.scriptBytes)} and fonts ` +
      `${kilobytes(TARGETS.fontBytes)} compressed, visible in ${TARGETS.visibleMs} ms, the first row of a list in ${FIRST_ROW_TARGET_MS} ms.`,
  );
  const missed = await measureFirstRows(browser, origin, cookie);
  for (const path of [...fixedPaths(), ...(await detailPaths(origin, cookie))]) {
    const weight = await weigh(browser, origin, {
      path,
      cookie: path === "/sign-in" ? "" : cookie,
    });
    const misses = missesOf(weight);
    missed.push(...misses.map((miss) => `${path}: ${miss}`));
    console.log(describe(path, weight), misses.length === 0 ? "" : "missed");
  }
  console.log(missed.length === 0 ? "All targets are met." : `Missed:\n${missed.join("\n")}`);
  process.exitCode = missed.length === 0 ? 0 : 1;
} finally {
  await browser.close();
  await service.close();
}

/** Prints when the first row of each of the first lists is visible, and returns what was missed. */
async function measureFirstRows(
  browser: Browser,
  origin: string,
  cookie: string,
): Promise<string[]> {
  const missed: string[] = [];
  for (const path of FIRST_LISTS) {
    const tookMs: number[] = [];
    for (let load = 0; load < LOADS; load += 1) {
      const target = { url: `${origin}${path}`, cookie, processorSlowdown: LIST_SLOWDOWN };
      const { firstRowMs } = await loadPage(browser, target);
      tookMs.push(firstRowMs ?? Number.POSITIVE_INFINITY);
    }
    const rowMs = median(tookMs);
    const isMissed = rowMs > FIRST_ROW_TARGET_MS;
    missed.push(...(isMissed ? [`${path}: first row ${Math.round(rowMs)} ms`] : []));
    console.log(
      `${path.padEnd(28)}  first row in ${tookMs.map((ms) => ms.toFixed(0)).join(", ")} ms at a quarter of the ` +
        `processor, 10 Mbit/s and 40 ms; load average ${loadavg()[0]?.toFixed(1) ?? "?"}`,
      isMissed ? "missed" : "",
    );
  }
  return missed;
}

/** Every page without a parameter in its path that does not only redirect. */
function fixedPaths(): string[] {
  return globSync("app/**/page.tsx")
    .map((file) =>
      file
        .replace(/^app/u, "")
        .replace("/(panel)", "")
        .replace(/\/page\.tsx$/u, ""),
    )
    .filter((path) => path !== "" && path !== "/updates" && !path.includes("["))
    .toSorted();
}

async function detailPaths(origin: string, cookie: string): Promise<string[]> {
  const paths: string[] = [];
  for (const list of LISTS) {
    const html = await htmlOf(`${origin}${list}`, cookie);
    const links = [...html.matchAll(/href="(\/[\w/-]+\/[0-9a-f-]{36})"/gu)].map(([, path]) => path);
    const path = links.find((link) => link?.startsWith(list.replace(/\/all$/u, "/")));
    if (path !== undefined) {
      paths.push(path);
    }
  }
  return paths;
}

async function htmlOf(url: string, cookie: string): Promise<string> {
  const response = await fetch(url, { headers: { cookie }, redirect: "error" });
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}`);
  }
  return response.text();
}

type Visit = { readonly path: string; readonly cookie: string };

async function weigh(browser: Browser, origin: string, { path, cookie }: Visit): Promise<Weight> {
  const full = Buffer.from(await htmlOf(`${origin}${path}`, cookie));
  const withoutRows = Buffer.from(await htmlOf(`${origin}${path}${NO_ROWS}`, cookie));
  const target = { url: `${origin}${path}`, cookie, processorSlowdown: PAGE_SLOWDOWN };
  const loaded = await loadPage(browser, target);
  return {
    ...loaded,
    fullBytes: full.length,
    gzipBytes: gzipSync(full).length,
    htmlBytes: Math.min(full.length, withoutRows.length),
  };
}

function missesOf(weight: Weight): string[] {
  return Object.entries(TARGETS).flatMap(([name, target]) => {
    const value: unknown = Reflect.get(weight, name);
    return typeof value === "number" && value > target
      ? [`${name} ${Math.round(value)}, target ${target}`]
      : [];
  });
}

function describe(path: string, weight: Weight): string {
  return [
    path.padEnd(28),
    `HTML ${kilobytes(weight.fullBytes)} (gzip ${kilobytes(weight.gzipBytes)}, without rows ${kilobytes(weight.htmlBytes)})`,
    `scripts ${kilobytes(weight.scriptBytes)}`,
    `fonts ${kilobytes(weight.fontBytes)}`,
    `${weight.requests} requests`,
    `visible in ${weight.visibleMs.toFixed(0)} ms`,
  ].join("  ");
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} kB`;
}
