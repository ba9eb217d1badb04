import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { startDatabase } from "./database.ts";
import type { BenchDatabase } from "./database.ts";
import { startChild } from "./child.ts";
import type { Child } from "./child.ts";
import { seed } from "./seed.ts";
import type { Seeded } from "./seed.ts";

/** The password of the account `admin`. */
export const ADMIN_PASSWORD = "bench administrator";

export type Service = {
  readonly server: Child;
  readonly database: BenchDatabase;
  readonly seeded: Seeded;
  readonly close: () => Promise<void>;
};

/**
 * The real server, as `npm start` runs it, on loopback: all its processes, with its own
 * PostgreSQL and data directory. Needs a built panel.
 */
export async function startService(imageBytes = 1024): Promise<Service> {
  const dataDirectory = await mkdtemp(join(tmpdir(), "ucupdates-bench-"));
  // Set before anything reads the settings, because they are read once.
  process.env.DATA_DIRECTORY = dataDirectory;
  const running = new AsyncDisposableStack();
  running.defer(() => rm(dataDirectory, { recursive: true, force: true }));
  try {
    const database = await startDatabase(join(dataDirectory, "database"));
    running.defer(database.close);
    const seeded = await seed(database.url, imageBytes);
    running.defer(seeded.close);
    // With the Node.js options of this program, which are those of the server.
    const server = await startChild([...process.execArgv, "server.ts"], {
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      PORT: "0",
      ADMIN_PASSWORD,
      POOL_FQDN: "pool01.contoso.com",
      LOG_LEVEL: "fatal",
      DATA_DIRECTORY: dataDirectory,
      DATABASE_URL: database.url,
    });
    running.defer(server.stop);
    return { server, database, seeded, close: () => running.disposeAsync() };
  } catch (error) {
    await running.disposeAsync();
    throw error;
  }
}
