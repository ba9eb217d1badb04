import { resolve } from "node:path";
import process from "node:process";
import { env } from "#foundation/platform/env";

/** Resolves a path from the command line against the folder in which the command was typed, not against our working directory. */
export function typedPath(path: string): string {
  return resolve(env().INIT_CWD ?? process.cwd(), path);
}
