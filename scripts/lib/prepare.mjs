import { doUnlessFresh } from "./freshness.mjs";
import { ensureInstalled, runtime } from "./install.mjs";
import { Refusal, inProject } from "./project.mjs";
import { capture, run } from "./run.mjs";

/**
 * For what is garbage within a moment, three times over; where there is much memory the runtime would take eight times as
 * much, and a storm of checks no less time.
 */
const YOUNG_MIB = 16;

/**
 * How much larger than what is in use the rest may become before it is tidied up. In a storm it is nearly all garbage, and
 * left alone the runtime would let it become four times as large.
 */
const GROWING_PERCENT = 80;

/** Dependencies and the database client: what every program of ours needs. */
export async function prepareCode() {
  await ensureInstalled();
  await doUnlessFresh({
    sources: ["prisma/schema.prisma", "prisma.config.ts", "node_modules/prisma/package.json"],
    stamp: "prisma/generated/.stamp",
    work: generateClient,
  });
}

/** The panel, built for production. */
export async function preparePanel() {
  await doUnlessFresh({
    sources: [
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
    ],
    stamp: ".next/.stamp",
    work: buildPanel,
  });
}

/**
 * The arguments for a program of ours under the runtime.
 *
 * @param {string} program
 */
export function runtimeArguments(program) {
  return [
    `--max-semi-space-size=${YOUNG_MIB}`,
    `--heap-growing-percent=${GROWING_PERCENT}`,
    ...["--import", "./scripts/server-only.mjs", program],
  ];
}

/** What a program of ours is given beside its settings: the code that was compiled before halves the time to start. */
export function runtimeEnvironment() {
  return { NODE_COMPILE_CACHE: inProject("node_modules", ".cache", "compiled") };
}

async function generateClient() {
  const { code, output } = await capture(runtime(), [
    inProject("node_modules", "prisma", "build", "index.js"),
    "generate",
    "--no-hints",
  ]);
  if (code !== 0) {
    throw new Refusal(`The database client could not be generated:\n${output}`);
  }
}

async function buildPanel() {
  console.log("Building the panel…");
  const code = await run(
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
