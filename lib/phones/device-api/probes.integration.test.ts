import { rename } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { startContentKeeper } from "#firmware/files/server/content-keeper";
import { contentPath } from "#firmware/files/testing/damage";
import { aPool } from "#firmware/rules/testing/rules";
import { DAY_MS } from "#foundation/core/time";
import { env } from "#foundation/platform/env";
import type { TcpLine } from "#foundation/platform/testing/tcp-line";
import { openDatabaseLine } from "#foundation/platform/testing/database-line";
import { aStoredUpdate, reloadRules } from "#phones/check/testing/stored-update";
import { deviceService } from "#phones/device-api/testing/device-service";

let line: TcpLine;

beforeAll(async () => {
  line = await openDatabaseLine();
});

const { internal, external } = deviceService();

beforeEach(reloadRules);

afterEach(() => {
  line.mend();
});

afterAll(() => {
  line.close();
});

async function probe(path: string, side = internal): Promise<readonly [number, string]> {
  const { status, body } = await side.send({ method: "GET", path });
  return [status, body.toString()];
}

/** The result is shared for a second, so it is asked until it has the given part. */
async function expectReadiness(status: number, word: string, part: string): Promise<void> {
  await vi.waitFor(
    async () => {
      const [found, text] = await probe("/readyz");
      expect([found, text.split("\n", 1)[0]]).toEqual([status, word]);
      expect(text).toContain(`${part}\n`);
    },
    { timeout: 15_000, interval: 200 },
  );
}

test("answers on both listeners, with one word and one line for each part", async () => {
  for (const side of [internal, external]) {
    expect(await probe("/livez", side)).toEqual([200, "live\n"]);
    expect(await probe("/readyz", side)).toEqual([
      200,
      "ready\ndatabase: ok\nrules: ok\ncontent: ok\nqueue: ok\ncertificate: none\ndisk: ok\nimages: ok\n",
    ]);
  }
  expect(await internal.send({ method: "POST", path: "/livez" })).toMatchObject({ status: 405 });
});

test("is degraded while the database is away, because phones are answered from memory", async () => {
  line.cut();

  await expectReadiness(200, "degraded", "database: away");
  expect(await probe("/livez")).toEqual([200, "live\n"]);

  line.mend();
  await expectReadiness(200, "ready", "database: ok");
});

test("is asked again after the clock was set back", async () => {
  await expectReadiness(200, "ready", "database: ok");
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - DAY_MS });
  try {
    line.cut();
    await expectReadiness(200, "degraded", "database: away");
  } finally {
    vi.useRealTimers();
  }
});

test("is not ready while the directory of content is gone", async () => {
  await aStoredUpdate(await aPool(), { version: "4.0.0.1" });
  const directory = join(env().DATA_DIRECTORY, "files");
  await rename(directory, `${directory}.away`);
  try {
    await expectReadiness(503, "unready", "content: gone");
  } finally {
    await rename(`${directory}.away`, directory);
  }
  await expectReadiness(200, "ready", "content: ok");
});

test("is degraded while an image is missing", async () => {
  const { sha256 } = await aStoredUpdate(await aPool(), { version: "4.0.0.2" });
  await reloadRules();
  const keeper = startContentKeeper();
  const path = contentPath(sha256);
  await rename(path, `${path}.away`);
  try {
    await expectReadiness(200, "degraded", "images: faulty");
  } finally {
    await rename(`${path}.away`, path);
    await keeper.stop();
  }
});
