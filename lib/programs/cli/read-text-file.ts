import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import process from "node:process";
import { AppError } from "#foundation/core/errors";
import type { ErrorCode } from "#foundation/core/errors";
import { env } from "#foundation/platform/env";

/** A path given on the command line, relative to the directory in which the command was typed. */
export function typedPath(path: string): string {
  return resolve(env().INIT_CWD ?? process.cwd(), path);
}

/** The text of a file named on the command line. Throws `code` if the file cannot be read. */
export async function readTextFile(
  path: string,
  code: ErrorCode = "invalid_input",
): Promise<string> {
  try {
    return await readFile(typedPath(path), "utf8");
  } catch (error) {
    throw new AppError(code, `${path} cannot be read.`, { cause: error });
  }
}
