import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import process from "node:process";
import type { Readable } from "node:stream";
import { expect, vi } from "vitest";

export type ServerProcess = {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
};

/** A start loads four processes, one after the other on a busy machine. */
const START_TIMEOUT_MS = 250_000;
const READY = /is ready at (http:\S+)(?: and (https:\S+))?\n/;

/**
 * Starts `server.ts` on a port that the system chooses, with the embedded PostgreSQL and one process for phones, unless the
 * environment says otherwise. With several, a change that one answer shows may be unknown to the process that gives the next.
 */
export function startServer(
  dataDirectory: string,
  settings: Readonly<Record<string, string>> = {},
): ServerProcess {
  const child = spawn(process.execPath, ["--import", "./scripts/server-only.mjs", "server.ts"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      NODE_ENV: "production",
      LOG_LEVEL: "error",
      PORT: "0",
      HOST: "127.0.0.1",
      DATA_DIRECTORY: dataDirectory,
      PHONE_PROCESSES: "1",
      ...settings,
    },
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, "close").then(() => child.exitCode);
  return { child, output: () => output, ended };
}

export async function stopServer({ child, ended }: ServerProcess): Promise<void> {
  child.kill("SIGTERM");
  await ended;
}

/** The URLs of the panel: over HTTP, and over HTTPS if there is a certificate. */
export async function urlsOf(
  server: ServerProcess,
): Promise<{ readonly http: string; readonly https: string }> {
  const ready = vi.waitFor(
    () => {
      expect(server.output()).toMatch(READY);
    },
    { timeout: START_TIMEOUT_MS },
  );
  const end = server.ended.then((code) => {
    throw new Error(`ended with ${code ?? "a signal"}: ${server.output()}`);
  });
  await Promise.race([ready, end]);
  const [, http = "", https = ""] = READY.exec(server.output()) ?? [];
  return { http, https };
}

/** The ids of the processes of a server by name. Each shows its name as its title. */
export async function processesOf({ child }: ServerProcess): Promise<ReadonlyMap<string, number>> {
  const parent = child.pid ?? 0;
  const children = await readFile(`/proc/${parent}/task/${parent}/children`, "utf8");
  const named = await Promise.all(
    children
      .trim()
      .split(" ")
      .map(async (pid) => {
        const title = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
        return [title.replaceAll("\0", " ").trim().replace("ucupdates ", ""), Number(pid)] as const;
      }),
  );
  return new Map(named);
}
