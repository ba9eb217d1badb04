import { execFile } from "node:child_process";
import { access } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";

const run = promisify(execFile);

const LOCK_FILE = join(tmpdir(), "ucupdates-apt.lock");

/**
 * Makes sure that a program from Debian is installed, and installs its packages if possible. A test that needs a real
 * server fails with an explanation if the server is not available; it is never skipped.
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
  // The lock serialises the test processes, because a second apt-get fails instead of waiting.
  const script = `apt-get update -qq && ${command}`;
  await run("flock", [LOCK_FILE, "sh", "-c", script], options);
  if (!(await exists(path))) {
    throw new Error(`This test needs ${path}, and "${command}" did not install it.`);
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
