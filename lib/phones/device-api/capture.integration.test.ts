import { afterEach, beforeEach, expect, test } from "vitest";
import { deviceService } from "#phones/device-api/testing/device-service";
import { z } from "zod";
import type { CaptureSettings } from "#phones/captures/model";
import { DEFAULT_CAPTURE_SETTINGS } from "#phones/captures/schema";
import { startCapturer } from "#phones/captures/server/capturer";
import type { RunningCapturer } from "#phones/captures/server/capturer";
import { findCapture } from "#phones/captures/server/find-capture";
import { findCaptureLosses } from "#phones/captures/server/find-capture-losses";
import { listCaptures } from "#phones/captures/server/list-captures";
import { removeCaptures } from "#phones/captures/server/remove-captures";
import { replayCapture } from "#phones/captures/server/replay-capture";
import { setCapture } from "#phones/captures/server/set-capture";
import { aStoredUpdate, reloadRules } from "#phones/check/testing/stored-update";
import { aContext } from "#foundation/core/testing/contexts";
import type { RawResponse } from "#phones/device-api/testing/device-server";
import { db } from "#foundation/platform/db/client";
import { aPool, act } from "#firmware/rules/testing/rules";
import type { RunningLiveTable } from "#foundation/platform/live-table";
import { startSettings } from "#foundation/settings/server/live-settings";

const HANDLER = "/RequestHandler/ucdevice.upx";
const SEARCH = { q: "", reason: [], sort: "at", order: "desc", page: 1 } as const;

const {
  internal: inside,
  external: outside,
  flush,
} = deviceService({ env: { TRUSTED_PROXIES: "127.0.0.1" } });
let settings: RunningLiveTable;
let capturer: RunningCapturer;

beforeEach(async () => {
  const pool = await aPool();
  const { ruleId } = await aStoredUpdate(pool, { version: "4.0.7577.4387" });
  await act("approve", ruleId);
  await reloadRules();
  settings = await startSettings();
  await settings.reload();
  capturer = startCapturer();
});

afterEach(async () => {
  await capturer.stop();
  await settings.stop();
});

function aBody(model = "CX600", locale = "ENU"): string {
  return `<r><Type>UCPhone</Type><Vendor>POLYCOM</Vendor><Model>${model}</Model><Rev>A</Rev><Locale>${locale}</Locale><MAC>0004F2000176</MAC><Password>hunter2</Password></r>`;
}

function post(
  body: string,
  path = HANDLER,
  headers: Record<string, string> = {},
): Promise<RawResponse> {
  return inside.send({ method: "POST", path, headers, body });
}

async function capture(overrides: Partial<CaptureSettings> = {}): Promise<void> {
  const stored = await db.setting.findUnique({ where: { name: "capture" } });
  await setCapture(aContext(), {
    settings: { ...DEFAULT_CAPTURE_SETTINGS, mode: "failing", perMinute: 600, ...overrides },
    seenAt: stored?.updatedAt.toISOString() ?? null,
  });
  await settings.reload();
}

function detailOf(response: RawResponse): string {
  return z.object({ detail: z.string() }).parse(response.json()).detail;
}

async function kept() {
  await capturer.flush();
  return listCaptures(aContext(), SEARCH);
}

test("captures nothing until captures are switched on", async () => {
  await post("not xml");
  await post(aBody("CX9999"));
  expect((await kept()).total).toBe(0);
});

test("captures unknown, unmatched, unparseable and refused requests with the reason, and no others", async () => {
  await capture();
  await post(aBody());
  await post(aBody("CX9999"));
  await post(aBody("CX600", "DEU"));
  await post("not xml");
  await post('{"device":{}}', "/api/update/check");
  await inside.send({ path: "/RequestHandler/Files/nothing" });
  await outside.send({ method: "POST", path: "/RequestHandlerExt/ucdevice.upx", body: aBody() });

  const { captures } = await kept();
  expect(
    captures
      .map(({ reason, dialect, side, status }) => [reason, dialect, side, status])
      .toReversed(),
  ).toEqual([
    ["unknown_model", "lync", "internal", 200],
    ["nothing_matched", "lync", "internal", 200],
    ["unparseable", "lync", "internal", 400],
    ["unparseable", "json", "internal", 422],
    ["refused", "lync", "internal", 404],
    ["refused", "lync", "external", 401],
  ]);
});

test("captures the unchanged head and body of a request, without credentials", async () => {
  await capture({ mode: "all" });
  await post(aBody(), `${HANDLER}?token=hunter2`, {
    "X-Odd-Case": "1",
    Authorization: "Basic aHVudGVyMg==",
    Cookie: "hunter2",
  });

  const [summary] = (await kept()).captures;
  expect(summary).toMatchObject({
    reason: "answered",
    deviceKey: "mac:0004f2000176",
    isTruncated: false,
  });
  const found = await findCapture(aContext(), { captureId: summary?.id ?? "" });
  expect(found?.target).toBe(`${HANDLER}?token=[removed]`);
  expect(found?.headers).toEqual(
    expect.arrayContaining([
      ["X-Odd-Case", "1"],
      ["Authorization", "Basic [removed]"],
      ["Cookie", "[removed]"],
    ]),
  );
  expect(new TextDecoder().decode(found?.body)).toBe(aBody().replace("hunter2", "[removed]"));
  const row =
    JSON.stringify(await db.capture.findMany()) + Buffer.from(found?.body ?? []).toString();
  expect(row).not.toContain("hunter2");
  expect(row).not.toContain("aHVudGVyMg");
});

test("captures the body of a request that was refused unread", async () => {
  await capture();
  await outside.send({ method: "POST", path: "/RequestHandlerExt/ucdevice.upx", body: aBody() });
  const [summary] = (await kept()).captures;
  expect(summary?.sizeBytes).toBeGreaterThan(100);
});

test("limits the size, number and rate of captures, and counts the dropped ones", async () => {
  await capture({ maxBodyBytes: 1024, maxCount: 3 });
  for (let count = 0; count < 8; count += 1) {
    await post("x".repeat(3_000));
  }
  const { captures, total } = await kept();
  expect(total).toBe(3);
  expect(captures[0]).toMatchObject({ sizeBytes: 1024, isTruncated: true });

  // All tests share one minute of the rate limit, and these requests alone exceed it.
  await capture({ perMinute: 1 });
  const before = await findCaptureLosses(aContext());
  await post("one");
  await post("two");
  await capturer.flush();
  const { overRate } = await findCaptureLosses(aContext());
  expect(overRate).toBeGreaterThan(before.overRate);
});

test("deletes captures that are too old", async () => {
  await capture({ keepDays: 1 });
  await post("old");
  await capturer.flush();
  await db.capture.updateMany({ data: { at: new Date(Date.now() - 25 * 60 * 60 * 1000) } });
  await post("new");
  expect((await kept()).total).toBe(1);
});

test("replays a captured request against the current rules with the same answer as a live request", async () => {
  await capture({ mode: "all" });
  const live = await post(aBody());
  const [summary] = (await kept()).captures;
  const captureId = summary?.id ?? "";

  expect(await replayCapture(aContext(), { captureId })).toMatchObject({
    kind: "check",
    outcome: "offered",
    poolFqdn: "pool01.contoso.com",
    request: { hardware: { model: "CX600" }, macAddress: "0004F2000176" },
    judgements: [{ verdict: "offered", version: "4.0.7577.4387" }],
    answer: { status: 200, contentType: "text/xml; charset=utf-8", body: live.body.toString() },
  });
  await flush();
  expect(await db.deviceCheck.count()).toBe(1);
});

test("shows in a replay why a request is refused, and whether a file exists", async () => {
  await capture({ mode: "all" });
  const refused = await post("not xml");
  const undecodable = await inside.send({
    method: "POST",
    path: HANDLER,
    body: Buffer.from([1, 2, 0, 255]),
  });
  await inside.send({
    path: "/RequestHandler/Files/UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE/cpe.nbt",
  });
  const { captures } = await kept();
  const replays = await Promise.all(
    captures.map(({ id }) => replayCapture(aContext(), { captureId: id })),
  );
  expect(replays).toMatchObject([
    { kind: "file", isOffered: true },
    { kind: "refused", reason: detailOf(undecodable), answer: { status: 400 } },
    { kind: "refused", reason: detailOf(refused), answer: { status: 400 } },
  ]);
});

test("lets only administrators switch and remove captures, audits both, and lets operators read", async () => {
  const input = { settings: DEFAULT_CAPTURE_SETTINGS, seenAt: null };
  const operator = aContext({ role: "operator" });
  await expect(setCapture(operator, input)).rejects.toMatchObject({ code: "forbidden" });
  await expect(removeCaptures(operator, { every: true })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(listCaptures(aContext({ role: "viewer" }), SEARCH)).rejects.toMatchObject({
    code: "forbidden",
  });
  await capture();
  await post("one");
  await post("two");
  const { captures } = await kept();
  expect(await listCaptures(operator, SEARCH)).toMatchObject({ total: 2 });

  const captureIds = captures.slice(0, 1).map(({ id }) => id);
  expect(await removeCaptures(aContext(), { captureIds })).toEqual({ removed: 1 });
  expect(await removeCaptures(aContext(), { every: true })).toEqual({ removed: 1 });
  expect(
    await db.auditEntry.findMany({ where: { subjectId: "capture" }, orderBy: { id: "asc" } }),
  ).toMatchObject([
    { action: "settings.changed", facts: { modeBefore: "off", mode: "failing" } },
    { facts: { capturesRemoved: 1 } },
    { facts: { capturesRemoved: 1 } },
  ]);
});

test("finds captures by address, path, and MAC address in any notation", async () => {
  await capture({ mode: "all" });
  await post(aBody());
  await capturer.flush();
  for (const q of ["00-04-F2-00-01-76", "ucdevice", "127.0.0.1"]) {
    expect(await listCaptures(aContext(), { ...SEARCH, q })).toMatchObject({ total: 1 });
  }
  expect(await listCaptures(aContext(), { ...SEARCH, q: "nothing" })).toMatchObject({ total: 0 });
  expect(await listCaptures(aContext(), { ...SEARCH, reason: ["failed"] })).toMatchObject({
    total: 0,
  });
});
