import process from "node:process";
import { expect, test } from "vitest";
import { NO_VOCABULARY } from "#formats/cab/description/model";
import { NO_ANSWERS } from "#firmware/imports/model";
import { decideInThread } from "#firmware/imports/server/reading-thread";

const MIB = 1024 ** 2;
const UNANSWERED = { answers: NO_ANSWERS, vocabulary: NO_VOCABULARY };

function manifest(index: number, text: string) {
  return { path: `${index}/updateInfo.xml`, sizeBytes: text.length, sha256: "0".repeat(64), text };
}

const image = { path: "0/CPE.nbt", sizeBytes: 1, sha256: "1".repeat(64) };

test("does not block the event loop with twelve hostile manifests of 1 MiB", async () => {
  const text = `<r>${"<Update/>".repeat(Math.floor(MIB / 9) - 1)}</r>`;
  const members = [...Array.from({ length: 12 }, (_, index) => manifest(index, text)), image];
  const options = { name: "a.cab", signal: new AbortController().signal };
  const alone = process.threadCpuUsage();

  const reading = await decideInThread({ members, ...UNANSWERED }, options);

  const { user } = process.threadCpuUsage(alone);
  expect(reading.kind).toBe("needs_details");
  // The work itself takes seconds of CPU time.
  expect(user / 1_000).toBeLessThan(1_000);
}, 60_000);

test("refuses descriptions above the size limit, and names the limit", async () => {
  const text = "x".repeat(MIB);
  const members = Array.from({ length: 17 }, (_, index) => manifest(index, text));
  const options = { name: "a.cab", signal: new AbortController().signal };
  await expect(decideInThread({ members, ...UNANSWERED }, options)).rejects.toThrow(
    "its descriptions have more than 16 MiB in total.",
  );
});

test("stops when the signal is aborted", async () => {
  const stopping = new AbortController();
  const members = [manifest(0, `<r>${"<Update/>".repeat(100_000)}</r>`), image];
  const reading = decideInThread(
    { members, ...UNANSWERED },
    { name: "a.cab", signal: stopping.signal },
  );
  stopping.abort(new Error("stopped"));
  await expect(reading).rejects.toThrow("stopped");
});
