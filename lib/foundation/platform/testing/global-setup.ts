import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { openEmbedded } from "#foundation/platform/db/embedded";
import { migrateDatabase } from "#foundation/platform/db/migrate";
import { copyDatabase } from "#foundation/platform/testing/copy-database";
import { openS3Starter } from "#foundation/platform/testing/s3-starter";

export type TestDatabase = {
  readonly url: string;
  readonly dataDirectory: string;
};

declare module "vitest" {
  // Only an interface can be added to.
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions
  interface ProvidedContext {
    /** One for each concurrent test process. */
    readonly databases: readonly TestDatabase[];
    /** A data directory with a migrated database that does not run, to be copied. */
    readonly migrated: string;
    /** A URL that starts the S3 server on the first request and answers with its port. */
    readonly s3Starter: string;
  }
}

/**
 * Migrated PostgreSQL servers for the integration tests of a run: one for each concurrent test process, with its own
 * data directory and port, so that test files do not see each other's data.
 */
export default async function setup({
  config,
  provide,
}: TestProject): Promise<() => Promise<void>> {
  await using opened = new AsyncDisposableStack();
  const newDirectory = async (): Promise<string> => {
    const directory = await mkdtemp(join(tmpdir(), "ucupdates-test-"));
    opened.defer(() => rm(directory, { recursive: true, force: true }));
    return directory;
  };
  const migrated = await newDirectory();
  const template = await openEmbedded({ dataDirectory: migrated, isThrowaway: true });
  await migrateDatabase(template.url);
  await template.close();
  provide("migrated", migrated);
  const databases: TestDatabase[] = [];
  for (let worker = 0; worker < config.maxWorkers; worker++) {
    const dataDirectory = await newDirectory();
    await copyDatabase(migrated, dataDirectory);
    const { url, close } = await openEmbedded({ dataDirectory });
    opened.defer(close);
    databases.push({ url, dataDirectory });
  }
  provide("databases", databases);
  const s3Starter = await openS3Starter();
  opened.defer(s3Starter.close);
  provide("s3Starter", s3Starter.url);
  const kept = opened.move();
  return () => kept.disposeAsync();
}
