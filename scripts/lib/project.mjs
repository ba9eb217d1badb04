import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. Everything of ours is started in it. */
export const PROJECT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** @param {string[]} parts */
export function inProject(...parts) {
  return join(PROJECT, ...parts);
}

/** A reason to stop that the person at the terminal can do something about; its message says what. */
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
