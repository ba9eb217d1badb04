import { doUnlessFresh } from "./freshness.mjs";
import { ensureInstalled, runtime } from "./install.mjs";
import { Refusal, inProject } from "./project.mjs";
import { capture, runPreparation } from "./run.mjs";

/**
 * Size of each of V8's three semi-spaces, for short-lived objects. On a machine with much memory, Node's default is
 * eight times as large, and many checks at once take no less time with it.
 */
const YOUNG_MIB = 16;

/** The supervisor only waits; lib/programs/server/child.ts gives the other processes more. */
export const SUPERVISOR_YOUNG_MIB = 2;

/**
 * How far the old generation may grow beyond the live objects before a major collection. With many checks at once,
 * nearly all of the growth is garbage, and by default it may become four times as large.
 */
const GROWING_PERCENT = 80;

/** What the panel is built from, besides the packages. */
export const PANEL_SOURCES = [
  "app",
  "components",
  "lib",
  "messages",
  "public",
  "prisma/schema.prisma",
  "proxy.ts",
  "instrumentation.ts",
  "next.config.js",
  "postcss.config.mjs",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];

/**
 * Installs the dependencies and generates the database client, which every program needs.
 *
 * @param {{ withTools?: boolean }} [needs]
 */
export async function prepareCode({ withTools = false } = {}) {
  await ensureInstalled({ withTools });
  await doUnlessFresh({
    sources: [
      "prisma/schema.prisma",
      "scripts/generate-client.mjs",
      "node_modules/@prisma/client-generator-ts/package.json",
    ],
    stamp: "prisma/generated/.stamp",
    work: generateClient,
  });
}

/** Builds the panel for production. */
export async function preparePanel() {
  await doUnlessFresh({
    sources: PANEL_SOURCES,
    stamp: ".next/.stamp",
    work: buildPanel,
  });
}

/**
 * The arguments that run a program of this project under the pinned Node.js.
 *
 * @param {string} program
 * @param {number} youngMib
 */
export function runtimeArguments(program, youngMib = YOUNG_MIB) {
  return [
    `--max-semi-space-size=${youngMib}`,
    `--heap-growing-percent=${GROWING_PERCENT}`,
    ...["--import", "./scripts/server-only.mjs", program],
  ];
}

/** Environment variables for a program besides its settings. The compile cache halves the time to start. */
export function runtimeEnvironment() {
  return { NODE_COMPILE_CACHE: inProject("node_modules", ".cache", "compiled") };
}

async function generateClient() {
  const { code, output } = await capture(runtime(), [inProject("scripts", "generate-client.mjs")]);
  if (code !== 0) {
    throw new Refusal(`The database client could not be generated:\n${output}`);
  }
}

async function buildPanel() {
  console.error("Building the panel…");
  const code = await runPreparation(
    runtime(),
    [inProject("node_modules", "next", "dist", "bin", "next"), "build"],
    {
      NODE_ENV: "production",
    },
  );
  if (code !== 0) {
    throw new Refusal("The panel could not be built: see above.");
  }
}
