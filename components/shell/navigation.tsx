/** All pages of the navigation. `shell.nav` has their names. */
export const NAVIGATION_NAMES = [
  "pending",
  "approved",
  "imports",
  "devices",
  "testDevices",
  "pools",
  "homes",
  "readiness",
  "checks",
  "logs",
  "captures",
  "audit",
  "settings",
  "dialect",
] as const;
export type NavigationName = (typeof NAVIGATION_NAMES)[number];

/** A test checks that every entry has a page. */
export const NAVIGATION_PATHS = {
  pending: "/updates/pending",
  approved: "/updates/approved",
  imports: "/updates/imports",
  devices: "/devices",
  testDevices: "/test-devices",
  pools: "/pools",
  homes: "/homes",
  readiness: "/readiness",
  checks: "/checks",
  logs: "/logs",
  captures: "/captures",
  audit: "/audit",
  settings: "/settings",
  dialect: "/settings/dialect",
} as const satisfies Record<NavigationName, string>;

type SidebarEntry = {
  readonly name: NavigationName | "updates";
  readonly href: string;
  /** The path prefix of the entry's section. The entry is current on every page below it. */
  readonly section: string;
};

/** The sidebar has one entry for all tabs of Updates; the command palette lists each tab. */
export const SIDEBAR_ENTRIES: readonly SidebarEntry[] = [
  { name: "updates", href: NAVIGATION_PATHS.pending, section: "/updates" },
  ...(
    [
      "devices",
      "testDevices",
      "pools",
      "homes",
      "readiness",
      "checks",
      "logs",
      "captures",
      "audit",
      "settings",
    ] as const
  ).map((name) => ({
    name,
    href: NAVIGATION_PATHS[name],
    section: NAVIGATION_PATHS[name],
  })),
];

export function isWithin(pathname: string, section: string): boolean {
  return pathname === section || pathname.startsWith(`${section}/`);
}
