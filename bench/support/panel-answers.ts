import { findArrivals } from "#fleet/devices/server/find-arrivals";
import {
  findConflicts,
  listGhosts,
  listNetworkArrivals,
} from "#fleet/devices/server/find-doubtful-phones";
import { listDeviceFacets } from "#fleet/devices/server/list-device-facets";
import { listRetiredPhones } from "#fleet/devices/server/list-retired-phones";
import { EVERY_DEVICE, MAX_COUNTED_DEVICES } from "#fleet/devices/search-params";
import type { DeviceSearch } from "#fleet/devices/search-params";
import { listSites } from "#fleet/sites/server/list-sites";
import { listImports } from "#firmware/imports/server/list-imports";
import { ALL_RULES } from "#firmware/rules/search-params";
import { listRules } from "#firmware/rules/server/list-rules";
import { aContext } from "#foundation/core/testing/contexts";
import { db } from "#foundation/platform/db/client";
import { EVERY_CHECK } from "#phones/check-log/search-params";
import type { CheckSearch } from "#phones/check-log/search-params";
import { listChecks } from "#phones/check-log/server/list-checks";
import { describeLogs, listLogs } from "#phones/device-logs/server/list-logs";
import { findDevice } from "#phones/inventory/server/find-device";
import { listDevices } from "#phones/inventory/server/list-devices";
import { EVERY_ROLL_OUT } from "#phones/roll-outs/search-params";
import { findRollOut } from "#phones/roll-outs/server/find-roll-out";
import { listRollOuts } from "#phones/roll-outs/server/list-roll-outs";
import { searchEverything } from "#phones/search/server/search-everything";
import { STATISTICS_RANGES } from "#phones/statistics/model";
import type { StatisticsRange } from "#phones/statistics/model";
import { findFirstSteps } from "#phones/statistics/server/find-first-steps";
import { findStatistics } from "#phones/statistics/server/find-statistics";
import { listDecisions } from "#phones/statistics/server/list-decisions";
import { listTimeline } from "#phones/timeline/server/list-timeline";

export type PanelAnswer = { readonly title: string; readonly run: () => Promise<unknown> };

/** The answers of the panel, each by the use cases that its page calls, with the fleet of `npm run demo`. */
export async function panelAnswers(now: Date): Promise<readonly PanelAnswer[]> {
  return [
    ...homeAnswers(now),
    ...(await phoneAnswers(now)),
    ...(await rollOutAnswers(now)),
    ...(await searchAnswers(now)),
    ...checkAnswers(now),
    ...otherAnswers(now),
  ];
}

function homeAnswers(now: Date): readonly PanelAnswer[] {
  const context = aContext({ now });
  const trouble = () =>
    listDevices(context, { ...EVERY_DEVICE, state: ["in_trouble"] }, { size: 6, mostCounted: 7 });
  const rollOuts = () =>
    listRollOuts(context, { ...EVERY_ROLL_OUT, state: ["halted", "under_way"] }, { size: 5 });
  const all = (range: StatisticsRange) => () =>
    Promise.all([
      findStatistics(context, { range }),
      listDecisions(context),
      findFirstSteps(context),
      trouble(),
      rollOuts(),
    ]);
  return [
    ...STATISTICS_RANGES.map((range) => ({ title: `Home, ${range}`, run: all(range) })),
    ...STATISTICS_RANGES.map((range) => ({
      title: `Home's figures and charts, ${range}`,
      run: () => findStatistics(context, { range }),
    })),
    { title: "Home's decisions", run: () => listDecisions(context) },
    { title: "Home's trouble", run: trouble },
    { title: "Home's roll-outs", run: rollOuts },
  ];
}

async function phoneAnswers(now: Date): Promise<readonly PanelAnswer[]> {
  const context = aContext({ now });
  const { models, pools, sites } = await listDeviceFacets(context);
  const phones = (title: string, search: Partial<DeviceSearch>): PanelAnswer => ({
    title: `phones, ${title}`,
    run: () =>
      listDevices(context, { ...EVERY_DEVICE, ...search }, { mostCounted: MAX_COUNTED_DEVICES }),
  });
  const [pool = ""] = pools;
  const [site = ""] = sites;
  const [model = ""] = models;
  const { devices } = await listDevices(context, { ...EVERY_DEVICE, state: ["in_trouble"] });
  const [troubled] = devices;
  return [
    phones("first page", {}),
    { title: "phones over REST, first page", run: () => listDevices(context, EVERY_DEVICE) },
    {
      title: "phones over REST, thousandth page",
      run: () => listDevices(context, { ...EVERY_DEVICE, page: 1_000 }),
    },
    phones("two hundredth page, the last", { page: 200 }),
    phones("by model", { sort: "model", order: "asc" }),
    phones("by site", { sort: "site", order: "asc" }),
    phones("by MAC address", { sort: "macAddress", order: "asc" }),
    phones("one pool", { pool: [pool] }),
    phones("one site", { site: [site] }),
    phones("one model", { model: [model] }),
    ...(["up_to_date", "update_due", "waiting_for_test", "in_trouble", "silent"] as const).map(
      (state) => phones(`state ${state}`, { state: [state] }),
    ),
    ...(["running", "downloading", "offered", "fell_back", "never_came_back"] as const).map(
      (progress) => phones(`progress ${progress}`, { progress: [progress] }),
    ),
    phones("an address", { q: troubled?.address ?? "" }),
    phones("a MAC address", { q: troubled?.macAddress ?? "" }),
    phones("two characters", { q: "77" }),
    phones("no match", { q: "nowhere" }),
    { title: "filters of phones", run: () => listDeviceFacets(context) },
    { title: "new phones of this hour", run: () => findArrivals(context) },
    {
      title: "a phone with its timeline",
      run: async () => {
        const device = await findDevice(context, { id: troubled?.id ?? "" });
        return device === null ? null : listTimeline(context, device, { before: "" });
      },
    },
  ];
}

async function rollOutAnswers(now: Date): Promise<readonly PanelAnswer[]> {
  const context = aContext({ now });
  const { rollOuts } = await listRollOuts(context, EVERY_ROLL_OUT, { size: 1_000 });
  const [largest] = rollOuts
    .filter(({ endedAt }) => endedAt === null)
    .toSorted((one, other) => (other.target ?? 0) - (one.target ?? 0));
  const id = largest?.id ?? "";
  const phones = (state: "waiting" | "running") => () =>
    listDevices(
      context,
      { ...EVERY_DEVICE, rollOut: id, rollOutState: [state] },
      { mostCounted: MAX_COUNTED_DEVICES },
    );
  return [
    { title: "roll-outs", run: () => listRollOuts(context, EVERY_ROLL_OUT) },
    { title: "the largest roll-out with its chart", run: () => findRollOut(context, id) },
    { title: "phones of the largest roll-out, running", run: phones("running") },
    { title: "phones of the largest roll-out, waiting", run: phones("waiting") },
  ];
}

async function searchAnswers(now: Date): Promise<readonly PanelAnswer[]> {
  const context = aContext({ now });
  const known = await db.device.findFirst({
    where: { userName: { not: null }, retiredAt: null },
    orderBy: { deviceKey: "asc" },
  });
  const texts = {
    "an address": known?.address ?? "",
    "a user": known?.userName ?? "",
    "a version": known?.version ?? "",
    "two characters": "77",
  };
  return Object.entries(texts).map(([title, q]) => ({
    title: `search, ${title}`,
    run: () => searchEverything(context, { q }),
  }));
}

function checkAnswers(now: Date): readonly PanelAnswer[] {
  const context = aContext({ now });
  const checks = (title: string, search: Partial<CheckSearch>): PanelAnswer => ({
    title: `checks, ${title}`,
    run: () => listChecks(context, { ...EVERY_CHECK, ...search }),
  });
  return [
    checks("first page", {}),
    checks("hundredth page", { page: 100 }),
    checks("one outcome", { outcome: ["offered"] }),
    checks("part of an address", { q: "10.4.7" }),
    checks("two characters", { q: "77" }),
    checks("no match", { q: "nowhere" }),
  ];
}

function otherAnswers(now: Date): readonly PanelAnswer[] {
  const context = aContext({ now });
  return [
    {
      title: "updates, pending",
      run: () => listRules(context, { view: "pending", search: ALL_RULES }),
    },
    { title: "updates, all", run: () => listRules(context, { view: "all", search: ALL_RULES }) },
    {
      title: "imports",
      run: () =>
        listImports(context, { q: "", state: [], sort: "createdAt", order: "desc", page: 1 }),
    },
    { title: "sites", run: () => listSites(context) },
    {
      title: "logs",
      run: () =>
        Promise.all([
          listLogs(context, {
            ...{ q: "", type: [], pool: [], from: "", to: "" },
            ...{ sort: "at", order: "desc", page: 1 },
          }),
          describeLogs(context),
        ]),
    },
    {
      title: "retired phones",
      run: () => listRetiredPhones(context, { q: "", sort: "retiredAt", order: "desc", page: 1 }),
    },
    { title: "conflicts", run: () => findConflicts(context) },
    { title: "ghosts", run: () => listGhosts(context, { page: 1 }) },
    { title: "new phones by network", run: () => listNetworkArrivals(context, 24) },
  ];
}
