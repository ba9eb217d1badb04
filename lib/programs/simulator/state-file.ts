import { open, readFile, rename } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { AppError } from "#foundation/core/errors";
import { makeDirectory } from "#foundation/platform/make-directory";
import { CHECK_TRIGGERS } from "#formats/protocol/check-request";
import { offeredFile } from "#formats/protocol/json-answer";
import type { PhoneState } from "#programs/simulator/model";
import { isMissing } from "#foundation/core/error-code";
import { parseJson } from "#foundation/core/json";
import { explainUnwritableFile } from "#foundation/core/unwritable-file";

/** Stores the state that survives a power cut in a human-readable file. */

const instant = z.iso.datetime().transform((text) => new Date(text));
const trigger = z.enum(CHECK_TRIGGERS);

const partition = z.array(
  z.strictObject({
    updateType: z.string(),
    fileName: z.string(),
    version: z.string(),
    sha256: z.string().nullable(),
  }),
);

const { size, sha256 } = offeredFile.shape;
const fileToFetch = offeredFile.extend({ size: size.nullable(), sha256: sha256.nullable() });

const offer = z.strictObject({
  idleSecondsBeforeInstall: z.number(),
  modules: z.array(
    z.strictObject({ updateType: z.string(), version: z.string(), files: z.array(fileToFetch) }),
  ),
});

const phoneState: z.ZodType<PhoneState> = z.strictObject({
  active: partition,
  inactive: partition.nullable(),
  lastUpdate: z
    .strictObject({ at: instant, fromVersion: z.string(), toVersion: z.string() })
    .nullable(),
  lastCheckAt: instant.nullable(),
  nextCheckSeconds: z.number(),
  failedChecks: z.number(),
  isSignedIn: z.boolean(),
  phase: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("checking"), trigger }),
    z.strictObject({ kind: z.literal("resting"), until: instant, trigger }),
    z.strictObject({
      kind: z.literal("downloading"),
      offer,
      notBefore: instant,
      failures: z.number(),
    }),
    z.strictObject({ kind: z.literal("idling"), offer, installAt: instant }),
  ]),
});

/** Null when there is no file yet. A file that does not hold a phone's state is refused, never overwritten. */
export async function readPhoneState(stateFile: string): Promise<PhoneState | null> {
  const text = await readFile(stateFile, "utf8").catch((error: unknown) => {
    if (isMissing(error)) {
      return null;
    }
    throw new AppError("invalid_input", `${stateFile} cannot be read.`, { cause: error });
  });
  if (text === null) {
    return null;
  }
  const state = phoneState.safeParse(parseJson(text));
  if (!state.success) {
    throw new AppError(
      "invalid_state",
      `${stateFile} does not hold the state of a phone; name another file or remove it.`,
      { cause: state.error },
    );
  }
  return state.data;
}

/** Replaces the file atomically: after a power cut the phone has either the old or the new state. */
export async function writePhoneState(stateFile: string, state: PhoneState): Promise<void> {
  try {
    await replaceState(stateFile, state);
  } catch (error) {
    throw explainUnwritableFile(stateFile, error);
  }
}

async function replaceState(stateFile: string, state: PhoneState): Promise<void> {
  await makeDirectory(path.dirname(stateFile));
  const temporaryPath = `${stateFile}.new`;
  const handle = await open(temporaryPath, "w");
  try {
    await handle.writeFile(`${JSON.stringify(state, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporaryPath, stateFile);
}
