import "server-only";
import type { DeviceToken } from "#access/device-tokens/model";
import { isInForce } from "#foundation/core/is-in-force";
import { SECRET_PREFIX } from "#access/device-tokens/model";
import { hashToken } from "#foundation/platform/tokens";
import { findDeviceTokens, touchDeviceTokens } from "#access/device-tokens/server/store";
import { DEVICE_TOKENS_CHANNEL } from "#foundation/platform/db/channels";
import { db } from "#foundation/platform/db/client";
import type { Subscription } from "#foundation/platform/db/listen";
import { repeatTask } from "#foundation/platform/repeat-task";
import { log } from "#foundation/platform/log";
import { liveTable } from "#foundation/platform/live-table";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** The interval of the statement that writes the last uses of all tokens. */
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
 * The token of a secret; null if it is unknown or expired. Reads only memory, so that a check never waits for the
 * database. Throws `unavailable` before the tokens have been loaded.
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

/** Writes the last uses since the previous write. Retries a failed write with the next one. */
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
    // Uses that were added during the write are newer and win.
    waiting.byTokenId = new Map([...uses, ...waiting.byTokenId]);
    log().warn({ err: error }, "Failed to write the last use of device tokens");
  }
}

function writeUsesPeriodically(): Subscription {
  const writing = repeatTask(
    WRITE_USES_EVERY_MS,
    "write the last use of device tokens",
    writeTokenUses,
  );
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
