import { readFile, stat } from "node:fs/promises";
import { Refusal, inProject } from "./project.mjs";
import { capture, npm, run } from "./run.mjs";

const OLDEST_NODE = 20;
/** The Node.js version that package.json pins; older ones do not run TypeScript. */
const RUNTIME = 24;

/** Installs the packages of package-lock.json if they are missing, and makes sure that the pinned Node.js exists. */
export async function ensureInstalled() {
  if (Number(process.versions.node.split(".")[0]) < OLDEST_NODE) {
    throw new Refusal(
      `This is Node.js ${process.versions.node}, which is too old: install version ${OLDEST_NODE} or later.`,
    );
  }
  if (await isStale()) {
    console.log("Installing dependencies…");
    // Not `npm ci`: it refuses a lock file without the optional packages of other platforms, and a registry mirror may
    // not carry those. `--no-save` leaves the lock file unchanged. NODE_ENV=production would omit what the build needs.
    const code = await run(
      ...npm("install", "--no-save", "--include=dev", "--no-audit", "--no-fund"),
    );
    if (code !== 0) {
      throw new Refusal(
        "The dependencies could not be installed: npm says why above. Is the package registry reachable?",
      );
    }
  }
  await ensureRuntime();
}

/** The Node.js that runs all programs of this project. */
export function runtime() {
  return inProject("node_modules", ".bin", process.platform === "win32" ? "node.cmd" : "node");
}

/** npm records what it has installed; a package of the lock file that is not in the record is missing. */
async function isStale() {
  const wanted = await readPackages(inProject("package-lock.json"));
  const present = await readPackages(inProject("node_modules", ".package-lock.json"));
  if (wanted === null) {
    throw new Refusal("package-lock.json is missing: this is not a complete checkout.");
  }
  return (
    present === null ||
    Object.entries(wanted).some(([path, { version, optional, link }]) => {
      // Optional packages are for other platforms; links point into the checkout.
      const isExpected = path !== "" && optional !== true && link !== true;
      const installed = present[path]?.version;
      return isExpected ? installed !== version : installed !== undefined && installed !== version;
    })
  );
}

/**
 * @param {string} file
 * @returns {Promise<Record<string, { version?: string, optional?: boolean, link?: boolean }> | null>}
 */
async function readPackages(file) {
  try {
    return JSON.parse(await readFile(file, "utf8")).packages;
  } catch {
    return null;
  }
}

/** The package `node` downloads its binary in an install script, which npm may be configured not to run. */
async function ensureRuntime() {
  if (await isRuntimeUsable()) {
    return;
  }
  await run(...npm("rebuild", "node", "--ignore-scripts=false"));
  if (!(await isRuntimeUsable())) {
    throw new Refusal(
      `npm did not install Node.js ${RUNTIME}: allow the install script of the package "node" and start again.`,
    );
  }
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
