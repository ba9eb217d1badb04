import "server-only";
import { resolve } from "node:path";
import process from "node:process";
import type { z } from "zod";
import { AppError } from "#foundation/core/errors";
import { fieldErrors } from "#foundation/core/parse-input";
import { oncePerProcess } from "#foundation/platform/once-per-process";
import { settings } from "#foundation/platform/settings-schema";

/** The settings of this process. `settings-schema.ts` lists them with their defaults. */
export type Env = Readonly<z.output<typeof settings>>;

/** The settings, read once. No other code reads the environment. */
export function env(): Env {
  return oncePerProcess("env", () => parseEnv(process.env));
}

/** Reads settings from a set of variables. Throws `invalid_input`, which names every invalid setting. */
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
