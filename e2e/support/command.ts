import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import { expect } from "playwright/test";
import { DATA_DIRECTORY } from "./server.ts";

/** Runs a command on the server's data directory; returns its output, or throws an error that quotes it. */
export async function ucupdates(args: readonly string[], input = ""): Promise<string> {
  const child = spawn(process.execPath, ["bin/ucupdates.mjs", ...args], {
    env: { ...process.env, DATA_DIRECTORY },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.end(input);
  const [output, complaint] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  if (child.exitCode !== 0) {
    throw new Error(`ucupdates ${args.join(" ")} ended with ${child.exitCode}: ${complaint}`);
  }
  return output;
}

/** Imports a package into every pool with the command line. */
export async function importWithCommand(cabinet: Uint8Array): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "ucupdates-package-"));
  const file = join(folder, "UCUpdates.cab");
  await writeFile(file, cabinet);
  await ucupdates(["import-device-update", "--all-pools", file]);
}

/** Waits until `get-device` with these arguments finds so many phones: a check is recorded a moment after its answer. */
export async function expectPhones(args: readonly string[], phones: number): Promise<void> {
  await expect
    .poll(
      async () => {
        const found: unknown = JSON.parse(await ucupdates(["get-device", ...args, "--json"]));
        return Array.isArray(found) ? found.length : found;
      },
      { timeout: 30_000 },
    )
    .toBe(phones);
}
