import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import process from "node:process";
import { AppError } from "#foundation/core/errors";
import { env } from "#foundation/platform/env";

/** A path given on the command line, relative to the directory in which the command was typed. */
export function typedPath(path: string): string {
  return resolve(env().INIT_CWD ?? process.cwd(), path);
}

/** The text of a file named on the command line. Throws `invalid_input` if the file cannot be read. */
export async function readTextFile(path: string): Promise<string> {
  try {
    return await readFile(typedPath(path), "utf8");
  } catch (error) {
    throw new AppError("invalid_input", `${path} cannot be read.`, { cause: error });
  }
}
