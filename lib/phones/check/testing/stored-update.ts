import { createHash, randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startRuleTable } from "#phones/check/server/rule-table-loader";
import type { Hardware } from "#foundation/core/hardware";
import { fileStore } from "#firmware/files/server/file-store";
import { env } from "#foundation/platform/env";
import type { Pool } from "#fleet/pools/model";
import type { ImportedUpdate } from "#firmware/rules/imported-update";
import type { FileRole, ReleaseFile } from "#firmware/rules/model";
import { anUpdate, importInto } from "#firmware/rules/testing/rules";

export type StoredUpdate = {
  readonly ruleId: string;
  readonly image: Buffer;
  readonly sha256: string;
};

type UpdateOptions = {
  readonly version: string;
  readonly hardware?: Hardware;
  readonly updateType?: string;
  readonly image?: Buffer;
};

/** Imports an update, so that it is pending in a pool and its content is in the file store. */
export async function aStoredUpdate(
  pool: Pool,
  { image: given, ...rest }: UpdateOptions,
): Promise<StoredUpdate> {
  const image = given ?? Buffer.from(`image of ${JSON.stringify(rest)} `.repeat(50));
  const files = [
    await storeFile("image", "CPE.nbt", image),
    await storeFile("signature", "CPE.cat", Buffer.from(`signature ${rest.version}`)),
    await storeFile("description", "CPE.xml", Buffer.from(`<update version="${rest.version}"/>`)),
  ] as const;
  const update: ImportedUpdate = anUpdate({ ...rest, files });
  const [outcome] = await importInto([pool], [update], `${randomUUID()}.cab`);
  if (typeof outcome?.ruleId !== "string") {
    throw new Error("The import created no rule.");
  }
  return { ruleId: outcome.ruleId, image, sha256: files[0].sha256 };
}

async function storeFile(role: FileRole, fileName: string, content: Buffer): Promise<ReleaseFile> {
  const sha256 = createHash("sha256").update(content).digest("hex");
  const staging = join(env().DATA_DIRECTORY, "staging");
  await mkdir(staging, { recursive: true });
  const path = join(staging, randomUUID());
  await writeFile(path, content);
  await fileStore().put(path, { sha256, sizeBytes: content.length });
  return { role, fileName, sizeBytes: content.length, sha256 };
}

/** Reloads the rule table from the database at once, without waiting for a notification. */
export async function reloadRules(): Promise<void> {
  await (await startRuleTable()).stop();
  await startRuleTable();
}
