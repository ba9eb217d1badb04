import { may } from "#foundation/core/permissions";
import type { Permission, Role } from "#foundation/core/permissions";
import type { WaitingKind } from "#phones/statistics/waiting";

/** The groups of the navigation, in order. `shell.groups` has their names. */
export const NAVIGATION_GROUPS = ["fleet", "firmware", "service", "administration"] as const;
export type NavigationGroup = (typeof NAVIGATION_GROUPS)[number];

/** All pages of the navigation, by group, as the command palette lists them. `shell.nav` has their names. */
export const PAGES_BY_GROUP = {
  fleet: ["home", "devices", "testDevices"],
  firmware: ["pending", "approved", "rollOuts", "imports"],
  service: ["pools", "sites", "homes", "readiness", "checks", "logs", "captures"],
  administration: ["audit", "accounts", "settings", "notifications", "dialect"],
} as const satisfies Record<NavigationGroup, readonly string[]>;
export type NavigationName = (typeof PAGES_BY_GROUP)[NavigationGroup][number];

/** A test checks that every entry has a page. */
export const NAVIGATION_PATHS = {
  home: "/home",
  devices: "/devices",
  testDevices: "/test-devices",
  pending: "/updates/pending",
  approved: "/updates/approved",
  rollOuts: "/roll-outs",
  imports: "/updates/imports",
  pools: "/pools",
  sites: "/sites",
  homes: "/homes",
  readiness: "/readiness",
  checks: "/checks",
  logs: "/logs",
  captures: "/captures",
  audit: "/audit",
  accounts: "/accounts",
  settings: "/settings",
  notifications: "/settings/notifications",
  dialect: "/settings/dialect",
} as const satisfies Record<NavigationName, string>;

/** The permission without which a page can only be refused. Its entry is left out. */
const REQUIRED_PERMISSIONS: Readonly<Partial<Record<NavigationName | "updates", Permission>>> = {
  captures: "capture:read",
  logs: "log:read",
  accounts: "account:manage",
  notifications: "settings:write",
};

/** Whether a role may see anything on the page of an entry. */
export function isOpenTo(role: Role, name: NavigationName | "updates"): boolean {
  const permission = REQUIRED_PERMISSIONS[name];
  return permission === undefined || may({ role }, permission);
}

export type SidebarEntry = {
  readonly name: NavigationName | "updates";
  readonly href: string;
  /** The path prefix of the entry's section. The entry with the longest one is current on a page below it. */
  readonly section: string;
  /** What waits for a person behind the entry. */
  readonly waiting?: WaitingKind;
};

/** The sidebar has one entry for all tabs of Updates; the command palette lists each tab. */
export const SIDEBAR_ENTRIES: Readonly<Record<NavigationGroup, readonly SidebarEntry[]>> = {
  fleet: [entryOf("home"), { ...entryOf("devices"), waiting: "conflicts" }, entryOf("testDevices")],
  firmware: [
    {
      name: "updates",
      href: NAVIGATION_PATHS.pending,
      section: "/updates",
      waiting: "pendingUpdates",
    },
    { ...entryOf("rollOuts"), waiting: "haltedRollOuts" },
    { ...entryOf("imports"), waiting: "askingImports" },
  ],
  service: [
    entryOf("pools"),
    entryOf("sites"),
    entryOf("homes"),
    entryOf("readiness"),
    entryOf("checks"),
    entryOf("logs"),
    { ...entryOf("captures"), waiting: "captures" },
  ],
  administration: [entryOf("audit"), entryOf("accounts"), entryOf("settings")],
};

function entryOf(name: NavigationName): SidebarEntry {
  return { name, href: NAVIGATION_PATHS[name], section: NAVIGATION_PATHS[name] };
}

/** The entry whose section a page belongs to; undefined if it belongs to none. */
export function findCurrentEntry(pathname: string): SidebarEntry | undefined {
  return NAVIGATION_GROUPS.flatMap((group) => SIDEBAR_ENTRIES[group])
    .filter(({ section }) => isWithin(pathname, section))
    .toSorted((left, right) => right.section.length - left.section.length)[0];
}

function isWithin(pathname: string, section: string): boolean {
  return pathname === section || pathname.startsWith(`${section}/`);
}
