import { execFile } from "node:child_process";
import { access } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";

const run = promisify(execFile);

const LOCK_FILE = join(tmpdir(), "ucupdates-apt.lock");

/**
 * Makes sure that a program of Debian's is there, and installs its packages where that is possible. A test that needs a
 * real server fails with a sentence where it cannot have one; it is never skipped.
 */
export async function requireProgram(path: string, packages: readonly string[]): Promise<void> {
  if (await exists(path)) {
    return;
  }
  const command = `apt-get install -y --no-install-recommends ${packages.join(" ")}`;
  if (process.getuid?.() !== 0) {
    throw new Error(`This test needs ${path}. Install it first: ${command}`);
  }
  const options = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  // One test at a time: no two of these programs can work at once, and the second would not wait by itself.
  const script = `apt-get update -qq && ${command}`;
  await run("flock", [LOCK_FILE, "sh", "-c", script], options);
  if (!(await exists(path))) {
    throw new Error(`This test needs ${path}, and "${command}" did not bring it.`);
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
