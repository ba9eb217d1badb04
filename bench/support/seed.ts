import { createHash, randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { aContext } from "#foundation/core/testing/contexts";
import { fileStore } from "#firmware/files/server/file-store";
import { prepareDataDirectory } from "#foundation/platform/data-directory";
import { db } from "#foundation/platform/db/client";
import { setDatabaseUrl } from "#foundation/platform/db/database-url";
import { env } from "#foundation/platform/env";
import type { Pool } from "#fleet/pools/model";
import type { ReleaseFile } from "#firmware/rules/model";
import { CX600, aPool, act, anUpdate, importInto } from "#firmware/rules/testing/rules";
import { createTestDeviceInput } from "#fleet/test-devices/schema";
import { createTestDevice } from "#fleet/test-devices/server/create-test-device";

export const APPROVED = "4.0.7577.4387";
export const PENDING = "4.0.7577.4400";
export const OLD = "4.0.7577.4100";
export const TEST_PHONE = "0004F2FFFFFF";

/** As in an organisation with many kinds of phones. */
const OTHER_RULES = 200;
/** A transaction has a time limit, and the machine may be busy. */
const IMPORTED_AT_ONCE = 20;

type Content = { readonly sha256: string; readonly sizeBytes: number };

export type Seeded = {
  readonly imagePath: string;
  /** A copy of the image outside the file store, for a peer to serve. */
  readonly stagedImage: string;
  /** Approves the pending version, as an administrator does while phones check. */
  readonly approve: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Creates rules, a test device and an image with the real use cases. */
export async function seed(databaseUrl: string, imageBytes: number): Promise<Seeded> {
  setDatabaseUrl(databaseUrl);
  await prepareDataDirectory(env().DATA_DIRECTORY);
  const pool = await aPool();
  await importOthers(pool);
  const content = randomBytes(imageBytes);
  const image = {
    sha256: createHash("sha256").update(content).digest("hex"),
    sizeBytes: imageBytes,
  };
  const staged = join(env().DATA_DIRECTORY, "image");
  await writeFile(staged, content);
  const stagedImage = join(env().DATA_DIRECTORY, "peer-image");
  await writeFile(stagedImage, content);
  await fileStore().put(staged, image);
  const signature = await storeContent(Buffer.from("signature"));
  const files = [
    { role: "image" as const, fileName: "CPE.nbt", ...image },
    { role: "signature" as const, fileName: "CPE.cat", ...signature },
  ];
  const ruleId = await importVersion(pool, APPROVED, files);
  await act("approve", ruleId);
  await importVersion(pool, PENDING, files);
  await registerTestPhone();
  return {
    stagedImage,
    imagePath: `UCPhone/POLYCOM/CX600/A/ENU/${APPROVED}/CPE/CPE.nbt`,
    approve: async () => {
      await act("approve", ruleId);
    },
    close: () => db.$disconnect(),
  };
}

/** All with the same content, because an update whose content is missing is not offered. */
async function importOthers(pool: Pool): Promise<void> {
  const content = await storeContent(Buffer.from("image of another kind of phone"));
  const files = [{ role: "image" as const, fileName: "CPE.nbt", ...content }];
  const updates = Array.from({ length: OTHER_RULES }, (_, index) =>
    anUpdate({ hardware: { ...CX600, model: `CX${1000 + index}` }, files }),
  );
  for (let begin = 0; begin < updates.length; begin += IMPORTED_AT_ONCE) {
    const batch = updates.slice(begin, begin + IMPORTED_AT_ONCE);
    for (const outcome of await importInto([pool], batch, `others-${begin}.cab`)) {
      if (typeof outcome.ruleId === "string") {
        await act("approve", outcome.ruleId);
      }
    }
  }
}

async function storeContent(bytes: Buffer): Promise<Content> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const staged = join(env().DATA_DIRECTORY, sha256);
  await writeFile(staged, bytes);
  await fileStore().put(staged, { sha256, sizeBytes: bytes.length });
  return { sha256, sizeBytes: bytes.length };
}

async function importVersion(
  pool: Pool,
  version: string,
  files: readonly ReleaseFile[],
): Promise<string> {
  const update = anUpdate({ hardware: CX600, version, files });
  const [outcome] = await importInto([pool], [update], `${version}.cab`);
  if (typeof outcome?.ruleId !== "string") {
    throw new Error("the import created no rule");
  }
  return outcome.ruleId;
}

async function registerTestPhone(): Promise<void> {
  const phone = { siteName: null, name: "Bench", identifierType: "MACAddress" as const };
  const input = createTestDeviceInput.parse({ ...phone, identifier: TEST_PHONE });
  await createTestDevice(aContext(), input);
}
