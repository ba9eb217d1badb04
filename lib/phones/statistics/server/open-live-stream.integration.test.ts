import { afterAll, afterEach, expect, test } from "vitest";
import { aContext } from "#foundation/core/testing/contexts";
import type { LiveTopic } from "#foundation/core/live-topics";
import type { Role } from "#foundation/core/permissions";
import { RULES_CHANNEL } from "#foundation/platform/db/channels";
import { db, inTransaction } from "#foundation/platform/db/client";
import { notify, notifyLive } from "#foundation/platform/db/listen";
import { endEventStreams } from "#foundation/platform/event-stream";
import { openLiveStream } from "#phones/statistics/server/open-live-stream";
import { startLiveSources } from "#phones/statistics/server/start-live-sources";

afterEach(() => {
  endEventStreams();
});

afterAll(async () => {
  await startLiveSources().stop();
});

function open(role: Role = "administrator", name = "anna") {
  const leaving = new AbortController();
  const stream = openLiveStream(aContext({ role, name }), { signal: leaving.signal });
  return { reader: stream.pipeThrough(new TextDecoderStream()).getReader(), leaving };
}

type Reader = ReturnType<typeof open>["reader"];

/** The topics that the stream names in events of this name until the wanted one; notifies again while it does not come. */
async function topicsUntil(
  reader: Reader,
  [event, wanted]: readonly [name: "known" | "message", topic: LiveTopic],
  cause: () => Promise<unknown>,
): Promise<readonly string[]> {
  let text = "";
  const topics = (): readonly string[] =>
    [...text.matchAll(/^event: (\w+)\ndata: (\w+) \d{4}-\d\d-\d\dT[\d:.]+Z$/gm)]
      .filter(([, name]) => name === event)
      .map(([, , topic = ""]) => topic);
  while (!topics().includes(wanted)) {
    await cause();
    text += (await reader.read()).value ?? "";
  }
  return topics();
}

test("a page is told of the topics that its reader may see, when the change is committed", async () => {
  const administrator = open();
  const viewer = open("viewer", "vera");

  await topicsUntil(administrator.reader, ["message", "captures"], () =>
    notifyLive(db, "captures"),
  );
  const forViewer = await topicsUntil(viewer.reader, ["message", "rules"], async () => {
    await notifyLive(db, "captures");
    await inTransaction((tx) => notify(tx, RULES_CHANNEL));
  });
  expect(forViewer).not.toContain("captures");
});

test("a page learns of a change that was before its stream", async () => {
  const before = open();
  await topicsUntil(before.reader, ["message", "captures"], () => notifyLive(db, "captures"));

  const late = open();
  const nothing = (): Promise<void> => Promise.resolve();
  expect(await topicsUntil(late.reader, ["known", "captures"], nothing)).toContain("captures");
  const viewer = open("viewer", "vera");
  expect(await topicsUntil(viewer.reader, ["known", "rules"], nothing)).not.toContain("captures");
});

test("one person can hold only so many streams, and a page that is closed gives its own back", () => {
  const streams = Array.from({ length: 20 }, () => open());

  expect(() => open()).toThrow("Too many pages");
  expect(() => open("viewer", "vera")).not.toThrow();
  streams[0]?.leaving.abort();
  expect(() => open()).not.toThrow();
  expect(() => open()).toThrow("Too many pages");
});

test("the end of the process ends every stream", async () => {
  const { reader } = open();

  endEventStreams();

  const rest = async (): Promise<boolean> => {
    const { done } = await reader.read();
    return done || rest();
  };
  expect(await rest()).toBe(true);
});
