// `npm test`: all checks and tests, from a fresh clone. It continues after a failure; the last line has the totals.
import { mkdir, readFile, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { HOW_TO_GET_CHROMIUM, findChromium } from "./lib/chromium.mjs";
import { prepareCode } from "./lib/prepare.mjs";
import { PROJECT, inProject, runMain } from "./lib/project.mjs";
import { capture, captureInBackground, npm, run } from "./lib/run.mjs";

/**
 * Checks from the scripts of package.json. The first one writes the types of the routes, which others read; the second
 * builds the panel that tests open.
 */
const FIRST_CHECKS = ["types:routes", "build"];
/** In the background: integration tests mostly wait, and leave processor time for these. */
const OTHER_CHECKS = ["lint", "types:all", "format", "fences", "unused"];

/** Tests use their own database and settings. An empty variable counts as not set. */
const NO_SETTINGS = Object.fromEntries(
  [
    "ADMIN_PASSWORD",
    "DATABASE_URL",
    "DATA_DIRECTORY",
    "EXTERNAL_PORT",
    "EXTERNAL_TLS_CERTIFICATE_FILE",
    "EXTERNAL_TLS_KEY_FILE",
    "EXTERNAL_TLS_MIN_VERSION",
    "EXTERNAL_TLS_PASSPHRASE_FILE",
    "HOST",
    "INTERNAL_NETWORKS",
    "NEXTAUTH_SECRET",
    "POOL_FQDN",
    "PORT",
    "PUBLIC_URL",
    "TLS_CERTIFICATE_FILE",
    "TLS_KEY_FILE",
    "TLS_MIN_VERSION",
    "TLS_PASSPHRASE_FILE",
    "TLS_PORT",
    "TRUSTED_PROXIES",
  ].map((name) => [name, ""]),
);

const SLOWEST_FILES = 10;

/** @typedef {{ passed: number, failed: number }} Count */
/** @typedef {{ name: string, seconds: number }} FileTime */

/** Of the message of a failure: its file has the rest. */
const FAILURE_LINES = 3;

/** @type {FileTime[]} */
const fileTimes = [];
/** What failed, printed at the end: a build server may show only the last lines. @type {string[]} */
const failures = [];

await runMain(async () => {
  await prepareCode({ withTools: true });
  /** @type {Count[]} */
  const counts = [];
  counts.push(...(await runChecks(FIRST_CHECKS, capture)));
  const otherChecks = runChecks(OTHER_CHECKS, captureInBackground);
  counts.push(await vitest("integration"));
  counts.push(...(await otherChecks));
  counts.push(await vitest("unit"));
  counts.push(await browserTests());
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  printSlowest();
  printFailures();
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
});

/**
 * Runs checks one after the other. A failure counts as a failed test; a success does not count as a passed one.
 *
 * @param {readonly string[]} checks
 * @param {typeof capture} runCheck
 * @returns {Promise<Count[]>}
 */
async function runChecks(checks, runCheck) {
  const counts = [];
  for (const check of checks) {
    const { code, output } = await runCheck(...npm("run", "--silent", check), NO_SETTINGS);
    console.log(`${check}: ${code === 0 ? "ok" : `failed\n${output}`}`);
    if (code !== 0) {
      failures.push(check);
    }
    counts.push({ passed: 0, failed: code === 0 ? 0 : 1 });
  }
  return counts;
}

/**
 * @param {"unit" | "integration"} project
 * @returns {Promise<Count>}
 */
async function vitest(project) {
  const report = `test-results/${project}.json`;
  console.log(`${project}:`);
  await removeReport(report);
  const code = await run(
    ...npm(
      "run",
      "--silent",
      project,
      "--",
      "--reporter=dot",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ),
    NO_SETTINGS,
  );
  const { numPassedTests = 0, numFailedTests = 0, testResults = [] } = await readReport(report);
  for (const { name, startTime, endTime, assertionResults, message } of testResults) {
    const file = relative(PROJECT, name);
    fileTimes.push({ name: file, seconds: (endTime - startTime) / 1_000 });
    const failed = assertionResults.filter(
      (/** @type {{ status: string }} */ { status }) => status === "failed",
    );
    for (const { fullName, failureMessages } of failed) {
      noteFailure(file, fullName, failureMessages[0]);
    }
    if (message) {
      noteFailure(file, "outside its tests", message);
    }
  }
  return withRunFailure({ passed: numPassedTests, failed: numFailedTests }, code);
}

/** @returns {Promise<Count>} */
async function browserTests() {
  const report = "test-results/e2e.json";
  console.log("browser:");
  const chromium = await findChromium();
  if (chromium === null) {
    console.error(HOW_TO_GET_CHROMIUM);
    return { passed: 0, failed: 1 };
  }
  await removeReport(report);
  const code = await run(...npm("run", "--silent", "e2e", "--", "--reporter=dot,json"), {
    ...NO_SETTINGS,
    CHROMIUM_PATH: chromium,
    PLAYWRIGHT_JSON_OUTPUT_FILE: inProject(report),
  });
  const { stats = {}, suites = [] } = await readReport(report);
  for (const suite of suites) {
    const file = join("e2e", suite.file);
    fileTimes.push({ name: file, seconds: millisecondsOf(suite) / 1_000 });
    for (const { title, tests } of specsOf(suite)) {
      const failed = tests.find((/** @type {any} */ { status }) => status === "unexpected");
      if (failed !== undefined) {
        noteFailure(file, title, failed.results.at(-1)?.error?.message);
      }
    }
  }
  const { expected = 0, flaky = 0, unexpected = 0 } = stats;
  return withRunFailure({ passed: expected + flaky, failed: unexpected }, code);
}

/**
 * Counts a run that failed outside any test, such as in its set-up, as one failure.
 *
 * @param {Count} count
 * @param {number} code
 * @returns {Count}
 */
function withRunFailure(count, code) {
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

/**
 * The duration of the tests in a file, including its groups, in every project that it belongs to.
 *
 * @param {any} suite
 * @returns {number}
 */
function millisecondsOf(suite) {
  return specsOf(suite)
    .flatMap(({ tests }) => tests.flatMap((/** @type {any} */ test) => test.results))
    .reduce((sum, { duration }) => sum + duration, 0);
}

/**
 * @param {any} suite
 * @returns {any[]}
 */
function specsOf({ specs = [], suites = [] }) {
  return [...specs, ...suites.flatMap(specsOf)];
}

/**
 * @param {string} file
 * @param {string} title
 * @param {string} [message]
 */
function noteFailure(file, title, message = "") {
  const lines = stripVTControlCharacters(message).split("\n").slice(0, FAILURE_LINES);
  failures.push([`${file}: ${title}`, ...lines.map((line) => `  ${line}`)].join("\n"));
}

function printFailures() {
  if (failures.length > 0) {
    console.log(["failed:", ...failures].join("\n"));
  }
}

function printSlowest() {
  console.log("slowest files:");
  const slowest = fileTimes.toSorted((one, other) => other.seconds - one.seconds);
  for (const { name, seconds } of slowest.slice(0, SLOWEST_FILES)) {
    console.log(`${seconds.toFixed(1).padStart(8)} s  ${name}`);
  }
}

/** @param {string} report */
async function removeReport(report) {
  await mkdir(inProject("test-results"), { recursive: true });
  await rm(inProject(report), { force: true });
}

/** @param {string} report */
async function readReport(report) {
  const text = await readFile(inProject(report), "utf8").catch(() => "{}");
  return JSON.parse(text);
}
