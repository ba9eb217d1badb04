import { beforeEach, expect, test } from "vitest";
import { forgetImports } from "#firmware/imports/server/forget-imports";
import type { ImportState } from "#firmware/imports/model";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";

const NOW = new Date("2026-11-28T12:00:00Z");
const DAY_MS = 24 * 60 * 60 * 1000;

beforeEach(async () => {
  await emptyTables();
});

async function add(fileName: string, state: ImportState, daysAgo: number): Promise<void> {
  const at = new Date(NOW.getTime() - daysAgo * DAY_MS);
  const isOver = ["succeeded", "failed", "cancelled"].includes(state);
  await db.importJob.create({
    data: {
      state,
      fileName,
      sizeBytes: 1n,
      sha256: "ab".repeat(32),
      upload: fileName,
      createdByName: "anna",
      createdAt: at,
      finishedAt: isOver ? at : null,
    },
  });
}

test("removes old imports, except the one whose answers are reused", async () => {
  await add("failed-long-ago", "failed", 400);
  await add("cancelled-long-ago", "cancelled", 400);
  await add("succeeded-before", "succeeded", 500);
  await add("succeeded-last", "succeeded", 400);
  await add("waits-since-long", "needs_details", 400);
  await add("failed-lately", "failed", 10);

  expect(await forgetImports(NOW)).toBe(3);

  const left = await db.importJob.findMany({ orderBy: { fileName: "asc" } });
  expect(left.map(({ fileName }) => fileName)).toEqual([
    "failed-lately",
    "succeeded-last",
    "waits-since-long",
  ]);
});
