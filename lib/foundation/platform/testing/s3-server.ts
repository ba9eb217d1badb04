import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { requireProgram } from "#foundation/platform/testing/debian-packages";

/** The environment of the AWS SDK for the server. */
export const S3_ACCOUNT = {
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "test:tester",
  AWS_SECRET_ACCESS_KEY: "testing",
} as const;

export type S3Server = { readonly port: number; readonly stop: () => Promise<void> };

const PACKAGES = ["swift-proxy", "swift-account", "swift-container", "swift-object"];
const PROGRAM = fileURLToPath(new URL("s3-server.py", import.meta.url));
/** Debian's own Python, which has Debian's packages. */
const PYTHON = "/usr/bin/python3";

/** Starts a real S3 server: OpenStack Swift with its S3 interface, from Debian's packages. */
export async function startS3Server(): Promise<S3Server> {
  await requireProgram("/usr/bin/swift-proxy-server", PACKAGES);
  const directory = await mkdtemp(join(tmpdir(), "ucupdates-s3-"));
  const child = spawn(PYTHON, [PROGRAM, directory], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "close");
  const stop = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
    await rm(directory, { recursive: true, force: true });
  };
  const printed: readonly unknown[] = await Promise.race([once(child.stdout, "data"), ended]);
  const port = Number(String(printed[0]).trim());
  if (!(port > 0)) {
    await stop();
    throw new Error("The S3 server did not start.");
  }
  return { port, stop };
}
