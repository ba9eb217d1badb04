import "server-only";
import { resolve } from "node:path";
import process from "node:process";
import type { z } from "zod";
import { AppError } from "#foundation/core/errors";
import { fieldErrors } from "#foundation/core/parse-input";
import { oncePerProcess } from "#foundation/platform/once-per-process";
import { settings } from "#foundation/platform/settings-schema";

/** The settings of this process; which there are and what they default to stands in `settings-schema.ts`. */
export type Env = Readonly<z.output<typeof settings>>;

/** The settings, read once. Nothing else in the code base reads the environment. */
export function env(): Env {
  return oncePerProcess("env", () => parseEnv(process.env));
}

/** Reads settings from any set of variables. An `invalid_input` error names every one that cannot be used. */
export function parseEnv(variables: Readonly<Record<string, string | undefined>>): Env {
  const result = settings.safeParse(variables);
  if (!result.success) {
    const problems = fieldErrors(result.error).map(
      ({ path, message }) => `${path} must be ${message}`,
    );
    throw new AppError("invalid_input", `${[...new Set(problems)].join("; ")}.`);
  }
  return { ...result.data, DATA_DIRECTORY: resolve(result.data.DATA_DIRECTORY) };
}
