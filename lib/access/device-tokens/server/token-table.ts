import "server-only";
import type { DeviceToken } from "#access/device-tokens/model";
import { isInForce } from "#foundation/core/is-in-force";
import { SECRET_PREFIX } from "#access/device-tokens/model";
import { hashToken } from "#foundation/platform/tokens";
import { findDeviceTokens, touchDeviceTokens } from "#access/device-tokens/server/store";
import { DEVICE_TOKENS_CHANNEL } from "#foundation/platform/db/channels";
import { db } from "#foundation/platform/db/client";
import type { Subscription } from "#foundation/platform/db/listen";
import { every } from "#foundation/platform/every";
import { log } from "#foundation/platform/log";
import { liveTable } from "#foundation/platform/live-table";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** One statement for the last uses of all tokens. */
const WRITE_USES_EVERY_MS = 60_000;

const tokens = liveTable({
  name: "device tokens",
  channel: DEVICE_TOKENS_CHANNEL,
  load: async (): Promise<ReadonlyMap<string, DeviceToken>> =>
    new Map((await findDeviceTokens(db)).map((token) => [token.tokenHash, token])),
  reloadEveryMs: 30_000,
  startCompanion: writeUsesPeriodically,
});

export const startTokenTable = tokens.start;

/**
 * The token of a secret; null if there is none or it has ended. Looked up in memory: a check never waits for the
 * database. Throws `unavailable` before the tokens have been read.
 */
export function findTokenOfSecret(secret: string, now: Date): DeviceToken | null {
  const byHash = tokens.current();
  const token = secret.startsWith(SECRET_PREFIX) ? byHash.get(hashToken(secret)) : undefined;
  if (token === undefined || !isInForce(token, now)) {
    return null;
  }
  waitingUses().byTokenId.set(token.id, now);
  return token;
}

/** Writes which tokens were used since the last time. A failed write is repeated with the next one. */
export async function writeTokenUses(): Promise<void> {
  const waiting = waitingUses();
  const uses = waiting.byTokenId;
  if (uses.size === 0) {
    return;
  }
  waiting.byTokenId = new Map();
  try {
    await touchDeviceTokens(
      db,
      [...uses].map(([id, at]) => ({ id, at })),
    );
  } catch (error) {
    // A use since then is the later one.
    waiting.byTokenId = new Map([...uses, ...waiting.byTokenId]);
    log().warn({ err: error }, "The last use of device tokens could not be written");
  }
}

function writeUsesPeriodically(): Subscription {
  const writing = every(WRITE_USES_EVERY_MS, "write the last use of device tokens", writeTokenUses);
  return {
    stop: async () => {
      await writing.stop();
      await writeTokenUses();
    },
  };
}

function waitingUses(): { byTokenId: Map<string, Date> } {
  return oncePerProcess("uses of device tokens", () => ({ byTokenId: new Map<string, Date>() }));
}
