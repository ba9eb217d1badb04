import { createHash } from "node:crypto";
import { readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { PROJECT, inProject } from "./project.mjs";

/** Tests are not part of any build. */
const IGNORED = /(^|[/\\])testing[/\\]|\.test\.tsx?$/;

/**
 * Does the work unless its result exists and was made from exactly these sources. Compares content, not file times,
 * because git sets these to the time of the checkout.
 *
 * @param {{ sources: readonly string[], stamp: string, work: () => Promise<void> }} step
 * @returns {Promise<boolean>} whether the work was done
 */
export async function doUnlessFresh({ sources, stamp, work }) {
  const digest = await digestOf(sources);
  const stampFile = inProject(stamp);
  if ((await readFile(stampFile, "utf8").catch(() => null)) === digest) {
    return false;
  }
  await rm(stampFile, { force: true });
  await work();
  await writeFile(stampFile, digest);
  return true;
}

/** @param {readonly string[]} sources files and folders; missing ones are skipped */
async function digestOf(sources) {
  const hash = createHash("sha256");
  for (const source of sources) {
    for (const file of await filesOf(inProject(source))) {
      const content = await readFile(file);
      hash.update(`${relative(PROJECT, file).replaceAll("\\", "/")}\0${content.length}\0`);
      hash.update(content);
    }
  }
  return hash.digest("hex");
}

/**
 * @param {string} path
 * @returns {Promise<string[]>}
 */
async function filesOf(path) {
  const stats = await stat(path).catch(() => null);
  if (stats === null || IGNORED.test(path)) {
    return [];
  }
  if (!stats.isDirectory()) {
    return [path];
  }
  const names = (await readdir(path)).sort();
  return (await Promise.all(names.map((name) => filesOf(join(path, name))))).flat();
}
