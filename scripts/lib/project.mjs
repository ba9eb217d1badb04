import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout, which is the working directory of all programs of this project. */
export const PROJECT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** @param {string[]} parts */
export function inProject(...parts) {
  return join(PROJECT, ...parts);
}

/** A reason to stop that the user can remove; its message says how. */
export class Refusal extends Error {}

/**
 * Runs a script's main function and ends with its exit code.
 *
 * @param {() => Promise<number>} main
 */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(error instanceof Refusal ? error.message : error);
    process.exitCode = 1;
  }
}
