import "server-only";
import process from "node:process";
import pino from "pino";
import type { Logger } from "pino";
import pretty from "pino-pretty";
import { env } from "#foundation/platform/env";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** Names of fields that could bring a secret into a log line, at the top level and one level down. */
const SECRET_NAMES = [
  "password",
  "passwordHash",
  "secret",
  "token",
  "authorization",
  "cookie",
  "connectionString",
  "DATABASE_URL",
  "LDAP_BIND_PASSWORD",
] as const;

/**
 * The log: JSON lines on standard error, readable lines on a terminal. Standard output is for the output of commands.
 * Lines are written synchronously, so the last lines of a process that crashes are not lost.
 */
export function log(): Logger {
  return oncePerProcess("log", () => {
    const options = {
      level: env().LOG_LEVEL,
      serializers: { err: toLoggedError },
      redact: { paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`]), censor: "[redacted]" },
    };
    const base = pino(options, destination());
    const { name } = processName();
    return name === null ? base : base.child({ process: name });
  });
}

/** Without the connection that the driver of PostgreSQL attaches: its state is 10 kB, with the statement that ran last. */
export function toLoggedError(error: unknown): unknown {
  return error instanceof Error ? { ...pino.stdSerializers.err(error), client: undefined } : error;
}

/** Names this process in each of its log lines, such as `phones-1`. Called before the first line. */
export function nameProcess(name: string): void {
  processName().name = name;
}

/** The name of this process among those of the server; null for a program of its own. */
export function processName(): { name: string | null } {
  return oncePerProcess("process name", () => ({ name: null }));
}

function destination(): pino.DestinationStream {
  return process.stderr.isTTY
    ? pretty({ destination: 2, sync: true, ignore: "pid,hostname", translateTime: "HH:MM:ss" })
    : pino.destination({ dest: 2, sync: true });
}
