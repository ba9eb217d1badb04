import { expect, test } from "vitest";
import { fromBodyText, toBodyText } from "#phones/captures/body-text";
import { decideReason, isWanted } from "#phones/captures/decide-reason";
import { hexdump, prettyBody } from "#phones/captures/pretty-body";
import { CAPTURE_REASONS } from "#phones/captures/model";
import { rateLimit } from "#phones/captures/rate-limit";
import { rawRequestFileName, toRawRequest } from "#phones/captures/raw-request";
import { aRawCapture } from "#phones/captures/testing/captures";
import { toCaptureRecord } from "#phones/captures/to-record";
import type { JudgedRule } from "#phones/check/answer";
import { aPool, aRule } from "#phones/check/testing/check-data";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function judged(verdict: "other_hardware" | "nothing_to_offer"): JudgedRule {
  return { pool: aPool(), rule: aRule(), judgement: { ruleId: "1", updateType: "CPE", verdict } };
}

test.each([
  ["unparseable", 400, null],
  ["unparseable", 422, null],
  ["unparseable", 413, null],
  ["refused", 401, null],
  ["refused", 404, null],
  ["failed", 503, null],
  ["answered", 200, null],
  ["unknown_model", 200, { judged: [] }],
  ["nothing_matched", 200, { judged: [judged("other_hardware")] }],
  ["answered", 200, { judged: [judged("other_hardware"), judged("nothing_to_offer")] }],
] as const)("returns %s for a request with status %i", (reason, status, check) => {
  expect(decideReason({ status, check })).toBe(reason);
});

test("captures nothing with off, all reasons except answered with failing, and all requests with all", () => {
  const kept = (mode: "off" | "failing" | "all") =>
    CAPTURE_REASONS.filter((reason) => isWanted(mode, reason)).length;
  expect([kept("off"), kept("failing"), kept("all")]).toEqual([0, 5, 6]);
});

test("truncates a body after its secrets are removed", () => {
  const capture = aRawCapture({
    body: bytes(`<r><Password>${"hunter2".repeat(10)}</Password></r>`),
  });
  const { body, isTruncated } = toCaptureRecord(capture, 20);
  expect(new TextDecoder().decode(body)).toBe("<r><Password>[remove");
  expect(isTruncated).toBe(true);
});

test("removes secrets in UTF-16, and the body stays UTF-16", () => {
  const body = Buffer.from("\uFEFF<r><Password>hunter2</Password></r>", "utf16le");
  const record = toCaptureRecord(aRawCapture({ body }), 1_000);
  expect(toBodyText(record.body)).toEqual({
    encoding: "utf-16le",
    text: "<r><Password>[removed]</Password></r>",
  });
});

test("keeps a body without secrets byte for byte", () => {
  const body = Uint8Array.from({ length: 256 }, (_, index) => index);
  const record = toCaptureRecord(aRawCapture({ body }), 1_000);
  expect(record.body).toEqual(body);
  expect(record.isTruncated).toBe(false);
});

test("limits the number and the length of headers", () => {
  const headers = Array.from(
    { length: 200 },
    (_, index) => [`x-${index}`, "v".repeat(5_000)] as const,
  );
  const record = toCaptureRecord(aRawCapture({ headers, target: `/${"t".repeat(9_000)}` }), 1_000);
  expect(JSON.stringify(record.headers).length).toBeLessThan(220_000);
  expect(record.target.length).toBeLessThan(3_000);
  expect(record.isTruncated).toBe(true);
});

test("text of each encoding is encoded back to the same bytes", () => {
  for (const body of [
    bytes("ü<a/>"),
    Buffer.from("\uFEFF<a/>", "utf16le"),
    Uint8Array.of(0, 255, 128, 7),
  ]) {
    expect(Buffer.from(fromBodyText(toBodyText(body)))).toEqual(Buffer.from(body));
  }
});

test.each([
  ["empty", new Uint8Array(), ""],
  ["xml", bytes("<a b='1'><c>x</c><d/></a>"), '<a b="1">\n  <c>x</c>\n  <d/>\n</a>'],
  ["json", bytes('{"a":[1]}'), '{\n  "a": [\n    1\n  ]\n}'],
  ["text", bytes("<a>cut"), "<a>cut"],
  ["binary", Uint8Array.of(0, 65), `00000000  00 41${" ".repeat(42)}  |.A|`],
] as const)("formats %s for reading", (kind, body, text) => {
  expect(prettyBody(body)).toEqual({ kind, text });
});

test("a hexdump has sixteen bytes per line", () => {
  expect(hexdump(bytes("0123456789abcdefX")).split("\n")).toEqual([
    "00000000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  |0123456789abcdef|",
    `00000010  58${" ".repeat(45)}  |X|`,
  ]);
});

test("allows the limit per minute, and resets in the next minute", () => {
  const limit = rateLimit();
  const taken = [0, 1, 2, 60_000].map((nowMs) => limit.take(nowMs, 2));
  expect(taken).toEqual([true, true, false, true]);
});

test("rebuilds the request as it was sent", () => {
  const record = { ...toCaptureRecord(aRawCapture(), 1_000), id: "1" };
  expect(new TextDecoder().decode(toRawRequest(record))).toBe(
    "POST /RequestHandler/ucdevice.upx HTTP/1.1\r\nHost: pool01.contoso.com\r\n\r\n<r/>",
  );
  expect(rawRequestFileName(record)).toBe("capture-20261122T080000Z-post.http");
});
