import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { embeddedPaths } from "#foundation/platform/db/embedded-paths";

/** Copies the embedded database, which must not run, of a data directory into another one, with its owner and its rights. */
export async function copyDatabase(from: string, to: string): Promise<void> {
  await promisify(execFile)("cp", ["-a", embeddedPaths(from).home, embeddedPaths(to).home]);
}
