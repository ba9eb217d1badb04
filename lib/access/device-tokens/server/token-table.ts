import "server-only";
import { AppError } from "#foundation/core/errors";
import type { DeviceToken } from "#access/device-tokens/model";
import { isInForce } from "#foundation/core/is-in-force";
import { SECRET_PREFIX } from "#access/device-tokens/model";
import { hashToken } from "#foundation/platform/tokens";
import { findDeviceTokens, touchDeviceTokens } from "#access/device-tokens/server/store";
import { DEVICE_TOKENS_CHANNEL } from "#foundation/platform/db/channels";
import { db } from "#foundation/platform/db/client";
import { listen } from "#foundation/platform/db/listen";
import { log } from "#foundation/platform/log";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** The safety net: a notification may get lost, and a load may fail. */
const RELOAD_EVERY_MS = 30_000;
/** When tokens were last used is written this often, for all of them at once. */
const WRITE_USES_EVERY_MS = 60_000;

export type RunningTokenTable = {
  /** Writes down which tokens were used; also done from time to time. */
  readonly writeUses: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

type TokenTable = {
  byHash: ReadonlyMap<string, DeviceToken> | null;
  uses: Map<string, Date>;
  running: Promise<RunningTokenTable> | null;
};

/**
 * The token that a secret stands for; null where it is none or has ended. Looked up in memory: a check never waits for
 * the database. Throws `unavailable` until the tokens have been read once.
 */
export function findTokenOfSecret(secret: string, now: Date): DeviceToken | null {
  const { byHash, uses } = tokenTable();
  if (byHash === null) {
    throw new AppError("unavailable", "The device tokens have not been read yet.", {
      retryAfterSeconds: 5,
    });
  }
  const token = secret.startsWith(SECRET_PREFIX) ? byHash.get(hashToken(secret)) : undefined;
  if (token === undefined || !isInForce(token, now)) {
    return null;
  }
  uses.set(token.id, now);
  return token;
}

/** Reads the tokens and keeps them in step with the database until stopped. There is one per process. */
export function startTokenTable(): Promise<RunningTokenTable> {
  const table = tokenTable();
  table.running ??= start(table).catch((error: unknown) => {
    table.running = null;
    throw error;
  });
  return table.running;
}

function tokenTable(): TokenTable {
  return oncePerProcess("device tokens", () => ({ byHash: null, uses: new Map(), running: null }));
}

async function start(table: TokenTable): Promise<RunningTokenTable> {
  await load(table);
  const reloading = oneAfterAnother(() => loadOrKeep(table));
  const subscription = listen(DEVICE_TOKENS_CHANNEL, { onNotify: reloading, onConnect: reloading });
  const timers = [
    setInterval(reloading, RELOAD_EVERY_MS).unref(),
    setInterval(() => void writeUses(table), WRITE_USES_EVERY_MS).unref(),
  ];
  return {
    writeUses: () => writeUses(table),
    stop: async () => {
      timers.forEach(clearInterval);
      await subscription.stop();
      await writeUses(table);
      table.byHash = null;
      table.running = null;
    },
  };
}

async function load(table: TokenTable): Promise<void> {
  const tokens = await findDeviceTokens(db);
  table.byHash = new Map(tokens.map((token) => [token.tokenHash, token]));
}

async function loadOrKeep(table: TokenTable): Promise<void> {
  try {
    await load(table);
  } catch (error) {
    log().warn({ err: error }, "Device tokens could not be read; those at hand are used");
  }
}

/** Runs a task again after the run that is under way, however often that was asked for meanwhile. */
function oneAfterAnother(task: () => Promise<void>): () => void {
  let running: Promise<void> | null = null;
  let isAskedAgain = false;
  return function run(): void {
    if (running !== null) {
      isAskedAgain = true;
      return;
    }
    running = task().finally(() => {
      running = null;
      if (isAskedAgain) {
        isAskedAgain = false;
        run();
      }
    });
  };
}

async function writeUses(table: TokenTable): Promise<void> {
  const { uses } = table;
  if (uses.size === 0) {
    return;
  }
  table.uses = new Map();
  try {
    await touchDeviceTokens(
      db,
      [...uses].map(([id, at]) => ({ id, at })),
    );
  } catch (error) {
    // Later uses count more than those that could not be written.
    table.uses = new Map([...uses, ...table.uses]);
    log().warn({ err: error }, "The last use of device tokens could not be written");
  }
}
