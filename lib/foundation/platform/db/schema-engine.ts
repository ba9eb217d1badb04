import "server-only";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  DriverAdapterError,
  bindMigrationAwareSqlAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";
import { z } from "zod";
import { oncePerProcess } from "#foundation/platform/once-per-process";

const wasmModule = z.object({
  __wbindgen_start: z.custom<() => void>((it) => typeof it === "function"),
});

/**
 * Runs Prisma's schema engine on the given database. It is the WebAssembly build from npm: the native one is downloaded
 * from the vendor's host on first use, which fails in a closed network.
 */
export async function withSchemaEngine<T>(
  connectionString: string,
  work: (engine: bindings.SchemaEngine) => Promise<T>,
): Promise<T> {
  await oncePerProcess("schema-engine", instantiate);
  // Uses its own pool, because the engine neither closes its pool nor releases the lock that it acquires there.
  const pool = new pg.Pool({ connectionString, connectionTimeoutMillis: 5_000 });
  // The query in progress receives the error too; without a listener, it would end the process.
  pool.on("error", () => undefined);
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(adapterFactory(pool));
    const options = { datamodels: undefined };
    const engine = await bindings.SchemaEngine.new(options, () => undefined, adapter);
    const result = await work(engine);
    engine.free();
    return result;
  } finally {
    await pool.end();
  }
}

/**
 * The adapter splits a script at every semicolon, even inside a function's body. PostgreSQL accepts a script as a
 * whole, and then applies all of it or nothing.
 */
function adapterFactory(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPg(pool);
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connectToShadowDb: () => factory.connectToShadowDb(),
    connect: async () => {
      const adapter = await factory.connect();
      const executeScript = async (script: string): Promise<void> => {
        try {
          await pool.query(script);
        } catch (error) {
          throw toAdapterError(error);
        }
      };
      return Object.assign(adapter, { executeScript });
    },
  };
}

function toAdapterError(error: unknown): unknown {
  return error instanceof pg.DatabaseError
    ? new DriverAdapterError({
        kind: "postgres",
        code: error.code ?? "XX000",
        severity: error.severity ?? "ERROR",
        message: error.message,
        detail: error.detail,
        column: error.column,
        hint: error.hint,
      })
    : error;
}

/** The package expects a bundler to load its module; Node needs this by hand. */
async function instantiate(): Promise<void> {
  const file = createRequire(import.meta.url).resolve(
    "@prisma/schema-engine-wasm/schema_engine_bg",
  );
  const bytes = await readFile(file.replace(/\.js$/, ".wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": bindings });
  bindings.__wbg_set_wasm(instance.exports);
  // wasm-bindgen generates this function; the engine does not work without calling it.
  wasmModule.parse(instance.exports).__wbindgen_start();
}
