import "server-only";
import { clearTimeout, setTimeout } from "node:timers";
import type { LogSettings } from "#phones/device-logs/model";
import { contentBackend } from "#firmware/files/server/content-backend";
import { DAY_MS } from "#foundation/core/time";
import type { LogFile } from "#phones/device-logs/server/log-files";
import { listFiles, syncFiles } from "#phones/device-logs/server/log-files";
import { moveToObjects } from "#phones/device-logs/server/log-objects";
import { log } from "#foundation/platform/log";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/**
 * The equivalent of the original's log cache: logs that are written but not yet flushed to the disk, or to the object
 * storage if logs are kept there. `MaxLogCacheLimit` limits their bytes, `LogFlushInterval` the time until the flush. A
 * crash of this process loses none of them.
 */

type Waiting = {
  readonly files: LogFile[];
  sizeBytes: number;
  readonly timer: NodeJS.Timeout;
};

/** Registers a written log. Flushes the logs of the scope to the disk if they reach its limit. */
export async function noteWritten(
  scopeKey: string,
  { sizeBytes, ...file }: LogFile & { readonly sizeBytes: number },
  { maxCacheBytes, flushIntervalSeconds }: LogSettings,
): Promise<void> {
  const waiting = caches().get(scopeKey) ?? begin(scopeKey, flushIntervalSeconds * 1000);
  waiting.files.push(file);
  waiting.sizeBytes += sizeBytes;
  if (waiting.sizeBytes >= maxCacheBytes) {
    await flush(scopeKey, flushIntervalSeconds * 1000);
  }
}

/** Flushes all registered logs. Logs that object storage does not take stay on the disk for the next start. */
export async function flushLogs(): Promise<void> {
  for (const scopeKey of [...caches().keys()]) {
    await flush(scopeKey, DAY_MS);
  }
}

/** Flushes logs of earlier processes that object storage did not take, if they are older than `ageMs`. */
export async function flushLeftLogs(ageMs: number): Promise<void> {
  if (contentBackend().kind === "objects") {
    const before = Date.now() - ageMs;
    for await (const files of listFiles()) {
      await moveToObjects(files.filter(({ changedAt }) => changedAt.getTime() <= before));
    }
  }
}

/** The bytes that are not yet flushed, in all scopes. */
export function waitingBytes(): number {
  return [...caches().values()].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

function begin(scopeKey: string, afterMs: number): Waiting {
  const timer = setTimeout(() => {
    flush(scopeKey, afterMs).catch((error: unknown) => {
      log().error({ err: error }, "Device logs could not be flushed");
    });
  }, afterMs);
  timer.unref();
  const waiting: Waiting = { files: [], sizeBytes: 0, timer };
  caches().set(scopeKey, waiting);
  return waiting;
}

async function flush(scopeKey: string, retryAfterMs: number): Promise<void> {
  const waiting = caches().get(scopeKey);
  if (waiting === undefined) {
    return;
  }
  caches().delete(scopeKey);
  clearTimeout(waiting.timer);
  try {
    await (contentBackend().kind === "objects"
      ? moveToObjects(waiting.files)
      : syncFiles(waiting.files));
  } catch (error) {
    // Still counts against the limit of the cache.
    const again = caches().get(scopeKey) ?? begin(scopeKey, retryAfterMs);
    again.files.push(...waiting.files);
    again.sizeBytes += waiting.sizeBytes;
    throw error;
  }
}

function caches(): Map<string, Waiting> {
  return oncePerProcess("log cache", () => new Map<string, Waiting>());
}
