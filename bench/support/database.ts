import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import type { Cluster } from "#foundation/platform/db/cluster";
import {
  choosePort,
  createCluster,
  isCreated,
  startCluster,
  stopCluster,
} from "#foundation/platform/db/cluster";
import { findDatabaseAccount } from "#foundation/platform/db/database-account";
import { findBinaries } from "#foundation/platform/db/embedded-binaries";
import {
  DATABASE_NAME,
  embeddedPaths,
  embeddedUrl,
  readPassword,
  readPostmaster,
} from "#foundation/platform/db/embedded-paths";
import { makeDirectory } from "#foundation/platform/make-directory";
import { migrateDatabase } from "#foundation/platform/db/migrate";
import { processorTimeMs } from "./processor-time.ts";

export type BenchDatabase = {
  readonly url: string;
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
  /** Statements that PostgreSQL has executed since its start, from its own log. */
  readonly statements: () => Promise<number>;
  readonly count: (table: "DeviceCheck") => Promise<number>;
  /** The processor time of all its processes since the start, in ms. */
  readonly processorMs: () => number;
  /** Brings the statistics up to date, as autovacuum does in time. */
  readonly vacuum: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/**
 * A PostgreSQL that the benchmark can stop and start, so it does not belong to the server. A directory of an earlier run is
 * used as it is.
 */
export async function startDatabase(directory: string): Promise<BenchDatabase> {
  await makeDirectory(directory, 0o700);
  const paths = embeddedPaths(directory);
  const binaries = await findBinaries();
  const account = await findDatabaseAccount(paths.cluster, [binaries.pgCtl, paths.home]);
  const cluster: Cluster = { paths, binaries, account };
  const isNew = !(await isCreated(cluster));
  if (isNew) {
    await createCluster(cluster, false);
  }
  const port = await choosePort(cluster);
  await startCluster(cluster, port);
  const password = readPassword(paths) ?? "";
  const url = embeddedUrl(port, password);
  if (isNew) {
    await query(embeddedUrl(port, password, "postgres"), `create database ${DATABASE_NAME}`);
    await migrateDatabase(url);
    await logStatements(url);
  }
  return {
    url,
    stop: () => stopCluster(cluster),
    start: async () => {
      await startCluster(cluster, port);
    },
    statements: () => countStatements(join(paths.logFile)),
    count: async (table) => {
      const [row] = await query<{ total: number }>(
        url,
        `select count(*)::int as total from "${table}"`,
      );
      return row?.total ?? 0;
    },
    vacuum: async () => {
      await query(url, "vacuum analyze");
    },
    processorMs: () => processorTimeMs(readPostmaster(paths)?.pid ?? 0),
    close: () => stopCluster(cluster),
  };
}

/** Without the parameters, because those of one batch of checks take a megabyte. */
async function logStatements(url: string): Promise<void> {
  await query(url, "alter system set log_parameter_max_length = 0");
  await query(url, "alter system set log_statement = 'all'");
  await query(url, "select pg_reload_conf()");
}

async function countStatements(logFile: string): Promise<number> {
  const { size } = await stat(logFile);
  const file = await open(logFile);
  let total = 0;
  for await (const line of file.readLines({ end: Math.max(0, size - 1) })) {
    total += /LOG: {2}(statement|execute)/.test(line) ? 1 : 0;
  }
  return total;
}

async function query<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}
