import "server-only";
import { clearTimeout, setTimeout } from "node:timers";
import type { LogSettings } from "#phones/device-logs/model";
import { syncFiles } from "#phones/device-logs/server/log-files";
import { log } from "#foundation/platform/log";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/**
 * The equivalent of the original's log cache: logs that are written but not yet flushed to the disk. `MaxLogCacheLimit`
 * limits their bytes, `LogFlushInterval` the time until the flush. A crash of this process loses none of them.
 */

type Waiting = {
  readonly paths: string[];
  sizeBytes: number;
  readonly timer: NodeJS.Timeout;
};

/** Registers a written log. Flushes the logs of the scope to the disk if they reach its limit. */
export async function noteWritten(
  scopeKey: string,
  { path, sizeBytes }: { readonly path: string; readonly sizeBytes: number },
  { maxCacheBytes, flushIntervalSeconds }: LogSettings,
): Promise<void> {
  const waiting = caches().get(scopeKey) ?? begin(scopeKey, flushIntervalSeconds * 1000);
  waiting.paths.push(path);
  waiting.sizeBytes += sizeBytes;
  if (waiting.sizeBytes >= maxCacheBytes) {
    await flush(scopeKey);
  }
}

/** Flushes all registered logs to the disk. */
export async function flushLogs(): Promise<void> {
  for (const scopeKey of [...caches().keys()]) {
    await flush(scopeKey);
  }
}

/** The bytes that are not yet flushed, in all scopes. */
export function waitingBytes(): number {
  return [...caches().values()].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

function begin(scopeKey: string, afterMs: number): Waiting {
  const timer = setTimeout(() => {
    flush(scopeKey).catch((error: unknown) => {
      log().error({ err: error }, "Device logs could not be flushed to the disk");
    });
  }, afterMs);
  timer.unref();
  const waiting: Waiting = { paths: [], sizeBytes: 0, timer };
  caches().set(scopeKey, waiting);
  return waiting;
}

async function flush(scopeKey: string): Promise<void> {
  const waiting = caches().get(scopeKey);
  if (waiting !== undefined) {
    caches().delete(scopeKey);
    clearTimeout(waiting.timer);
    await syncFiles(waiting.paths);
  }
}

function caches(): Map<string, Waiting> {
  return oncePerProcess("log cache", () => new Map<string, Waiting>());
}
