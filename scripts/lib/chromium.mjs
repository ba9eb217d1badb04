import { access, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { inProject } from "./project.mjs";
import { runPreparation } from "./run.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const ELSEWHERE = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

export const HOW_TO_GET_CHROMIUM =
  'There is no Chromium for the browser tests: install one from your system (Debian: "apt-get install chromium"), ' +
  'or with "npx playwright install chromium", or name one in CHROMIUM_PATH.';

/**
 * Finds a Chromium: the one in CHROMIUM_PATH, the system's, Playwright's own, or Debian's package, which is installed
 * if possible. Null if there is none.
 *
 * @returns {Promise<string | null>}
 */
export async function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    return (await exists(named)) ? named : null;
  }
  return (await onThisSystem()) ?? (await playwrightsOwn()) ?? (await installDebians());
}

async function onThisSystem() {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const onPath = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  for (const candidate of [...onPath, ...ELSEWHERE]) {
    if (await exists(candidate)) {
      return candidate;
    }
  }
  return null;
}

async function playwrightsOwn() {
  const { chromium } = createRequire(inProject("package.json"))("playwright");
  const path = chromium.executablePath();
  return (await exists(path)) ? path : null;
}

async function installDebians() {
  const system = await readFile("/etc/os-release", "utf8").catch(() => "");
  if (process.getuid?.() !== 0 || !/^ID(_LIKE)?=.*debian/m.test(system)) {
    return null;
  }
  console.error("Installing Chromium…");
  const environment = { DEBIAN_FRONTEND: "noninteractive" };
  await runPreparation("apt-get", ["-qq", "update"], environment);
  await runPreparation(
    "apt-get",
    ["-qq", "--yes", "--no-install-recommends", "install", "chromium"],
    environment,
  );
  return onThisSystem();
}

/** @param {string} path */
function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}
