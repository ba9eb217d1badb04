import type { Role } from "#foundation/core/permissions";

/** Who may use a route of the REST API, with a request that is valid and would do something, or show something. */
export type RestAccess = {
  /** The lowest role that may; `anyone` needs no credentials. */
  readonly role: Role | "anyone";
  readonly query?: string;
  readonly body?: unknown;
};

export const ID = "2de8cbf6-9441-4f61-b755-1e4bef1effde";
const SHA256 = "a".repeat(64);
const NETWORK = "10.4.0.0/16";
const DETAILS = {
  ...{ path: "sip.ld", deviceType: "3PIP", brand: "Polycom", model: "VVX410", revision: "A" },
  ...{ locale: "ENU", version: "5.4.0.1", updateType: "FW" },
};
const VIEW = { list: "devices", name: "mine", query: "" };

/** The parts of paths that are no id. */
export const PATH_PARTS: Readonly<Record<string, string>> = { list: "devices", sha256: SHA256 };

/** By method and path, as Next names them. */
export const REST_ACCESS: Readonly<Record<string, RestAccess>> = {
  "GET /api/captures/[id]/raw": { role: "operator" },
  "GET /api/checks": { role: "viewer" },
  "POST /api/devices/jobs": {
    role: "administrator",
    body: { kind: "retire_ghosts", seenCount: 0 },
  },
  "GET /api/devices/jobs/[id]": { role: "viewer" },
  "DELETE /api/devices/jobs/[id]": { role: "administrator" },
  "POST /api/devices/merge": {
    role: "administrator",
    body: { deviceIds: [ID, "3de8cbf6-9441-4f61-b755-1e4bef1effde"] },
  },
  "POST /api/devices/restore": { role: "administrator", body: { deviceIds: [ID] } },
  "POST /api/devices/retire": { role: "administrator", body: { deviceIds: [ID] } },
  "GET /api/devices/retired": { role: "viewer" },
  "GET /api/devices": { role: "viewer" },
  "POST /api/devices/test-devices": {
    role: "operator",
    body: { target: { deviceIds: [ID] }, scope: "everywhere" },
  },
  "GET /api/exports/[list]": { role: "viewer" },
  "POST /api/imports/[id]/confirmation": { role: "administrator", body: { reason: "a test" } },
  "POST /api/imports/[id]/details": { role: "administrator", body: { details: [DETAILS] } },
  "GET /api/imports/[id]": { role: "viewer" },
  "DELETE /api/imports/[id]": { role: "administrator" },
  "GET /api/imports": { role: "viewer" },
  "POST /api/imports": { role: "administrator", query: "?fileName=a.cab&allPools=true", body: "x" },
  "GET /api/live": { role: "viewer" },
  "GET /api/logs/[logId]": { role: "operator" },
  "POST /api/notifications/[id]/replay": { role: "administrator" },
  "GET /api/notifications": { role: "administrator" },
  "POST /api/roll-outs/[id]/continue": { role: "operator", body: { reason: "a test" } },
  "GET /api/roll-outs/[id]": { role: "viewer" },
  "GET /api/roll-outs": { role: "viewer" },
  "GET /api/rules/[id]/files/[sha256]": { role: "viewer" },
  "GET /api/rules/[id]": { role: "viewer" },
  "GET /api/rules/[id]/test-phones": { role: "viewer" },
  "POST /api/rules/review": {
    role: "operator",
    body: { action: "approve", rules: [{ ruleId: ID }], reason: "" },
  },
  "GET /api/rules": { role: "viewer" },
  "POST /api/rules/undo": { role: "operator", body: { eventIds: ["1"], reason: "" } },
  "GET /api/search": { role: "viewer", query: "?q=CX600" },
  "GET /api/sites/[id]": { role: "viewer" },
  "PATCH /api/sites/[id]": { role: "administrator", body: { name: "Berlin" } },
  "DELETE /api/sites/[id]": { role: "administrator" },
  "POST /api/sites/networks/remove": { role: "administrator", body: { networks: [NETWORK] } },
  "POST /api/sites/networks": {
    role: "administrator",
    body: { networks: [{ network: NETWORK, site: "Berlin" }] },
  },
  "GET /api/sites": { role: "viewer" },
  "POST /api/sites": { role: "administrator", body: { name: "Berlin" } },
  "GET /api/statistics": { role: "viewer" },
  "DELETE /api/version-matches/[id]": { role: "operator" },
  "GET /api/version-matches": { role: "viewer" },
  "POST /api/version-matches": {
    role: "operator",
    body: { ruleId: ID, reportedVersion: "5.4.0.1" },
  },
  "PATCH /api/views/[id]": { role: "viewer", body: { name: "other" } },
  "DELETE /api/views/[id]": { role: "viewer" },
  "GET /api/views": { role: "viewer", query: "?list=devices" },
  "POST /api/views": { role: "viewer", body: VIEW },
  "PATCH /api/webhooks/[id]": { role: "administrator", body: { isEnabled: false } },
  "DELETE /api/webhooks/[id]": { role: "administrator" },
  "POST /api/webhooks/[id]/secret": { role: "administrator" },
  "POST /api/webhooks/[id]/test": { role: "administrator" },
  "GET /api/webhooks": { role: "administrator" },
  "POST /api/webhooks": {
    role: "administrator",
    body: { name: "chat", url: "http://127.0.0.1:9/", kinds: ["brake"] },
  },
  // What everyone may ask, and what decides by itself.
  ...forAnyone("/api/[[...path]]", ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]),
  ...forAnyone("/api/update/[[...path]]", [
    ...["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
  ]),
  ...forAnyone("/api/auth/[...nextauth]", ["GET", "POST"]),
  ...forAnyone("/api/health", ["GET"]),
  ...forAnyone("/api/metrics", ["GET"]),
};

/** Variants of the routes above that need another role. */
export const REST_VARIANTS: readonly (readonly [call: string, access: RestAccess])[] = [
  ["GET /api/devices", { role: "viewer", query: "?format=csv" }],
  ["GET /api/rules", { role: "viewer", query: "?format=csv" }],
  ["GET /api/imports", { role: "viewer", query: "?format=csv" }],
  ["GET /api/exports/captures", { role: "operator" }],
  ["GET /api/exports/logs", { role: "operator" }],
  ...["ghosts", "rules", "roll-outs", "test-devices", "imports", "user-homes", "audit"].map(
    (list) => [`GET /api/exports/${list}`, { role: "viewer" }] as const,
  ),
  ["POST /api/views", { role: "operator", body: { ...VIEW, isShared: true } }],
  [
    "POST /api/rules/review",
    {
      role: "administrator",
      body: { action: "remove", rules: [{ ruleId: ID }], reason: "" },
    },
  ],
  [
    "POST /api/sites/networks",
    {
      role: "viewer",
      body: { networks: [{ network: NETWORK, site: "Berlin" }], whatIf: true },
    },
  ],
];

function forAnyone(path: string, methods: readonly string[]): Record<string, RestAccess> {
  return Object.fromEntries(methods.map((method) => [`${method} ${path}`, { role: "anyone" }]));
}
