import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ArchiveWriter } from "#programs/backup/server/archive-writer";
import { writeNewFile } from "#programs/backup/server/write-new-file";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ucupdates-new-file-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

function writeArchive(stop: AbortController, stopsAt: "open" | "member" | null): Promise<number> {
  const path = join(folder, "backup.tar");
  const writing = writeNewFile({ path, stop: stop.signal }, async (target) => {
    const archive = new ArchiveWriter(target, new Date());
    await archive.add("a", "first");
    if (stopsAt === "member") {
      stop.abort();
    }
    return archive.finish();
  });
  if (stopsAt === "open") {
    stop.abort();
  }
  return writing;
}

test.each(["open", "member"] as const)(
  "leaves nothing behind if it is stopped at the first %s",
  async (stopsAt) => {
    await expect(writeArchive(new AbortController(), stopsAt)).rejects.toThrow();
    expect(await readdir(folder)).toEqual([]);
  },
);

test("leaves the whole file under its name alone", async () => {
  const sizeBytes = await writeArchive(new AbortController(), null);

  expect(await readdir(folder)).toEqual(["backup.tar"]);
  expect(await readFile(join(folder, "backup.tar"))).toHaveLength(sizeBytes);
});
