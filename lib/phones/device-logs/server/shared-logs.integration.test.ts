import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { contentBackend } from "#firmware/files/server/content-backend";
import { nullIfMissing } from "#foundation/core/error-code";
import { aContext } from "#foundation/core/testing/contexts";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import { createBucket } from "#foundation/platform/testing/shared-s3";
import type { TcpLine } from "#foundation/platform/testing/tcp-line";
import { openTcpLine } from "#foundation/platform/testing/tcp-line";
import { DEFAULT_LOG_SETTINGS } from "#phones/device-logs/model";
import { acceptDeviceLog } from "#phones/device-logs/server/accept-device-log";
import { changeLogSettings } from "#phones/device-logs/server/change-log-settings";
import { deleteLogsOlderThan, sweepLogFiles } from "#phones/device-logs/server/clean-up";
import { clientDirectory } from "#phones/device-logs/server/log-files";
import { startLogKeeper } from "#phones/device-logs/server/log-keeper";
import { forgetUsage, logUsage } from "#phones/device-logs/server/log-store";
import { downloadLog, viewLog } from "#phones/device-logs/server/read-log";
import { flushLogs, waitingBytes } from "#phones/device-logs/server/sync-cache";

// Logs of phones in object storage.

const NOW = new Date("2026-11-28T10:00:00Z");
const DAY_MS = 24 * 60 * 60 * 1000;

let line: TcpLine;
let phones = 0;

beforeAll(async () => {
  const { port, environment } = await createBucket();
  line = await openTcpLine({ host: "127.0.0.1", port });
  const AWS_ENDPOINT_URL = `http://127.0.0.1:${line.port}`;
  Object.assign(process.env, environment, { AWS_ENDPOINT_URL, LOG_STORE_FREE_BYTES: "0" });
  return () => {
    line.close();
  };
});

beforeEach(async () => {
  await emptyTables("DeviceLog", "LogSettings");
  await rm(clientDirectory(), { recursive: true, force: true });
  forgetUsage();
});

afterEach(async () => {
  line.mend();
  await expect.poll(stored, { timeout: 10_000 }).not.toBeNull();
  await flushLogs();
  for (const key of (await stored()) ?? []) {
    const store = contentBackend();
    await (store.kind === "objects" ? store.objects.remove(key) : undefined);
  }
});

/** The keys in object storage; null while it is away. */
async function stored(): Promise<readonly string[] | null> {
  const store = contentBackend();
  const keys: string[] = [];
  try {
    for await (const { key } of store.kind === "objects" ? store.objects.list("logs/") : []) {
      keys.push(key);
    }
    return keys;
  } catch {
    return null;
  }
}

/** The names of logs on this host's disk. */
async function waiting(): Promise<readonly string[]> {
  return (await readdir(join(clientDirectory(), "CELog")).catch(nullIfMissing)) ?? [];
}

async function cacheAtMost(maxCacheBytes: number): Promise<void> {
  await changeLogSettings(aContext(), {
    siteName: null,
    settings: { ...DEFAULT_LOG_SETTINGS, maxCacheBytes },
  });
}

async function upload(body: string, at = NOW): Promise<{ id: string; fileName: string }> {
  phones += 1;
  const mac = `0004F2${phones.toString(16).padStart(6, "0").toUpperCase()}`;
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(Buffer.from(body));
  }
  return acceptDeviceLog(
    {
      now: at,
      side: "internal",
      address: `10.2.0.${phones}`,
      accountName: null,
      boundMacAddress: null,
      poolId: null,
      siteId: null,
    },
    {
      contentType: "application/octet-stream",
      contentDisposition: "",
      query: [
        ["type", "CELog"],
        ["file", "a.clg"],
        ["mac", mac],
        ["deviceType", "UCPhone"],
        ["model", "CX600"],
      ],
      announcedBytes: null,
      body: pieces(),
      fields: new Map(),
    },
  );
}

async function contentOf(logId: string): Promise<string | null> {
  const download = await downloadLog(aContext(), { logId });
  return download === null ? null : new Response(download.content).text();
}

test("waits on this host until the flush, and is in object storage afterwards", async () => {
  const { id, fileName } = await upload("a log");
  expect(await stored()).toEqual([]);
  expect(await contentOf(id)).toBe("a log");

  await flushLogs();

  expect(await stored()).toEqual([`logs/CELog/${fileName}`]);
  expect(await waiting()).toEqual([]);
  expect(await contentOf(id)).toBe("a log");
  expect(Buffer.from((await viewLog(aContext(), { logId: id }))?.head ?? []).toString()).toBe(
    "a log",
  );
});

test("goes to object storage at once when the limit of the cache is reached", async () => {
  await cacheAtMost(6);

  await upload("four");
  expect(await stored()).toHaveLength(0);
  await upload("more");

  expect(await stored()).toHaveLength(2);
  expect(waitingBytes()).toBe(0);
});

test("accepts logs up to the limit of the cache while object storage is away, and loses none", async () => {
  await cacheAtMost(10);
  line.cut();
  const { id } = await upload("waits");

  await expect(upload("too much for the cache")).rejects.toMatchObject({ code: "unavailable" });

  expect(await db.deviceLog.count()).toBe(1);
  expect(await contentOf(id)).toBe("waits");
  line.mend();
  await expect.poll(stored, { timeout: 10_000 }).toEqual([]);
  await flushLogs();
  expect(await stored()).toHaveLength(1);
  expect(await contentOf(id)).toBe("waits");
});

test("sends what an earlier process left on this host", async () => {
  const { id } = await upload("left");
  // A killed process forgets what waits; its files stay.
  line.cut();
  await flushLogs().catch(() => undefined);
  line.mend();
  await expect.poll(stored, { timeout: 10_000 }).toEqual([]);

  const keeper = startLogKeeper();
  await expect.poll(stored, { timeout: 10_000 }).toHaveLength(1);
  await keeper.stop();

  expect(await waiting()).toEqual([]);
  expect(await contentOf(id)).toBe("left");
});

test("gives the log of another host another name", async () => {
  const first = await upload("one");
  await flushLogs();
  phones -= 1;

  const second = await upload("two");
  await flushLogs();

  expect(second.fileName).not.toBe(first.fileName);
  expect(await contentOf(first.id)).toBe("one");
  expect(await contentOf(second.id)).toBe("two");
});

test("refuses to download a log whose object was truncated", async () => {
  const { id, fileName } = await upload("a complete log");
  await flushLogs();
  const store = contentBackend();
  async function* half(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(Buffer.from("a comp"));
  }
  await (store.kind === "objects" ? store.objects.put(`logs/CELog/${fileName}`, half()) : null);

  await expect(downloadLog(aContext(), { logId: id })).rejects.toThrow("6 bytes instead of 14");
});

test("deletes old logs and logs without a row in object storage", async () => {
  await upload("old", new Date(NOW.getTime() - 11 * DAY_MS));
  const kept = await upload("new");
  const orphan = await upload("orphan");
  await flushLogs();
  await db.deviceLog.delete({ where: { id: orphan.id } });

  expect(await deleteLogsOlderThan({ kind: "all" }, 10, NOW)).toBe(1);
  expect(await sweepLogFiles(new Date(Date.now() + 2 * 60 * 60 * 1000))).toBe(1);

  expect(await stored()).toEqual([`logs/CELog/${kept.fileName}`]);
});

test("counts the logs of all hosts against the quota", async () => {
  await upload("x".repeat(5_000));
  await flushLogs();
  await rm(clientDirectory(), { recursive: true, force: true });
  forgetUsage();

  expect((await logUsage()).usedBytes).toBe(8_192);
});
