import "server-only";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isMissing } from "#foundation/core/error-code";

export const DATABASE_NAME = "ucupdates";
export const DATABASE_USER = "ucupdates";

/** The files of the embedded PostgreSQL, all below one directory, so that it can be renamed into place. */
export type EmbeddedPaths = {
  readonly home: string;
  readonly cluster: string;
  readonly passwordFile: string;
  readonly portFile: string;
  readonly logFile: string;
};

export function embeddedPaths(dataDirectory: string): EmbeddedPaths {
  return pathsBelow(join(dataDirectory, "postgres"));
}

export function pathsBelow(home: string): EmbeddedPaths {
  return {
    home,
    cluster: join(home, "cluster"),
    passwordFile: join(home, "password"),
    portFile: join(home, "port"),
    logFile: join(home, "postgresql.log"),
  };
}

/** The content of `postmaster.pid` of a running PostgreSQL. For its lines see the PostgreSQL source, `miscadmin.h`. */
export type Postmaster = { readonly pid: number; readonly port: number; readonly isReady: boolean };

export function readPostmaster(paths: EmbeddedPaths): Postmaster | null {
  const lines = readLines(join(paths.cluster, "postmaster.pid"));
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0 || !Number.isInteger(port) || port <= 0) {
    return null;
  }
  return { pid, port, isReady: lines[7]?.trim() === "ready" };
}

export function readPassword(paths: EmbeddedPaths): string | null {
  return readLines(paths.passwordFile)[0] ?? null;
}

/** The URL of the embedded PostgreSQL of this data directory, or null while it does not run. */
export function urlOfRunningEmbedded(dataDirectory: string): string | null {
  const paths = embeddedPaths(dataDirectory);
  const postmaster = readPostmaster(paths);
  const password = readPassword(paths);
  return postmaster?.isReady === true && password !== null
    ? embeddedUrl(postmaster.port, password)
    : null;
}

export function embeddedUrl(port: number, password: string, database = DATABASE_NAME): string {
  return `postgresql://${DATABASE_USER}:${password}@127.0.0.1:${port}/${database}`;
}

/** Returns no lines if the file is missing; throws other errors. */
function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch (error) {
    if (isMissing(error)) {
      return [];
    }
    throw error;
  }
}
