import { resolve } from "node:path";
import process from "node:process";
import { env } from "#foundation/platform/env";

/** A file as it was named on the command line: meant from where that was typed, not from where we run. */
export function typedPath(path: string): string {
  return resolve(env().INIT_CWD ?? process.cwd(), path);
}
