import { afterEach, expect, test } from "vitest";
import { aContext } from "#foundation/core/testing/contexts";
import type { Role } from "#foundation/core/permissions";
import { RULES_CHANNEL } from "#foundation/platform/db/channels";
import { db, inTransaction } from "#foundation/platform/db/client";
import { notify, notifyLive } from "#foundation/platform/db/listen";
import { endEventStreams } from "#foundation/platform/event-stream";
import { openLiveStream } from "#phones/statistics/server/open-live-stream";

afterEach(() => {
  endEventStreams();
});

function open(role: Role = "administrator", name = "anna") {
  const leaving = new AbortController();
  const stream = openLiveStream(aContext({ role, name }), { signal: leaving.signal });
  return { reader: stream.pipeThrough(new TextDecoderStream()).getReader(), leaving };
}

type Reader = ReturnType<typeof open>["reader"];

/** Notifies until the stream has an event, because the process may not listen yet. */
async function nextEvent(reader: Reader, cause: () => Promise<void>): Promise<string> {
  let text = "";
  const read = (async () => {
    while (!text.includes("data:")) {
      text += (await reader.read()).value ?? "";
    }
    return text.slice(text.indexOf("data:")).trim();
  })();
  const isOver = { value: false };
  const over = read.then(() => {
    isOver.value = true;
  });
  while (!isOver.value) {
    await cause();
    await Promise.race([over, new Promise((resolve) => setImmediate(resolve))]);
  }
  return read;
}

test("a page is told of the topics that its reader may see, when the change is committed", async () => {
  const administrator = open();
  const viewer = open("viewer", "vera");

  expect(await nextEvent(administrator.reader, () => notifyLive(db, "captures"))).toMatch(
    /^data: captures/,
  );
  const forViewer = await nextEvent(viewer.reader, async () => {
    await notifyLive(db, "captures");
    await inTransaction((tx) => notify(tx, RULES_CHANNEL));
  });
  expect(forViewer).toMatch(/^data: rules/);
  expect(forViewer).not.toContain("captures");
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
