import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  dispositionFileName,
  multipartBoundary,
  readMultipart,
} from "#foundation/platform/http/multipart";

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < bytes.length; index += size) {
    yield await Promise.resolve(bytes.subarray(index, index + size));
  }
}

async function readAll(bytes: Buffer, size: number) {
  const parts = [];
  for await (const { name, fileName, contentType, body } of readMultipart(
    inPieces(bytes, size),
    "XyZ",
  )) {
    const chunks = [];
    for await (const chunk of body) {
      chunks.push(chunk);
    }
    parts.push({ name, fileName, contentType, content: Buffer.concat(chunks) });
  }
  return parts;
}

function aForm(content: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(
      'preamble\r\n--XyZ\r\nContent-Disposition: form-data; name="meta"\r\n\r\n{}\r\n--XyZ\r\n' +
        'content-type: Application/Octet-Stream\r\nContent-Disposition: form-data; name="file"; filename="a;b.clg"\r\n\r\n',
    ),
    content,
    Buffer.from("\r\n--XyZ--\r\nepilogue"),
  ]);
}

test("reads parts unchanged for any chunk boundaries", async () => {
  const pieces = fc.constantFrom("\r", "\n", "-", "X", "y", "--Xy", "\r\n--X", "a");
  await fc.assert(
    fc.asyncProperty(
      fc.array(pieces, { maxLength: 30 }),
      fc.integer({ min: 1, max: 90 }),
      async (content, size) => {
        const bytes = Buffer.from(content.join(""));
        fc.pre(!`\r\n${content.join("")}\r\n`.includes("\r\n--XyZ"));
        expect(await readAll(aForm(bytes), size)).toEqual([
          { name: "meta", fileName: null, contentType: "", content: Buffer.from("{}") },
          {
            name: "file",
            fileName: "a;b.clg",
            contentType: "application/octet-stream",
            content: bytes,
          },
        ]);
      },
    ),
  );
});

test("refuses a truncated body", async () => {
  const whole = aForm(Buffer.from("content"));
  const shortened = whole.subarray(0, whole.length - 16);
  await expect(readAll(shortened, 7)).rejects.toMatchObject({ code: "invalid_input" });
});

test("refuses a part head without an end at its size limit", async () => {
  const endless = Buffer.from(`--XyZ\r\n${"x".repeat(100_000)}`);
  await expect(readAll(endless, 1000)).rejects.toMatchObject({ code: "invalid_input" });
});

test("refuses an endless part head without reading further", async () => {
  let sizeBytes = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(Buffer.from("--XyZ\r\n"));
    for (; sizeBytes < 1_000_000; sizeBytes += 1_000) {
      yield Buffer.alloc(1_000, "x");
    }
  }

  const first = readMultipart(endless(), "XyZ").next();

  await expect(first).rejects.toMatchObject({ code: "invalid_input" });
  expect(sizeBytes).toBeLessThan(10_000);
});

test.each([
  ["a part without a name", 'form-data; filename="a.clg"', 1],
  ["more than 32 parts", 'form-data; name="a"', 33],
])("refuses %s", async (_what, disposition, count) => {
  const part = `--XyZ\r\nContent-Disposition: ${disposition}\r\n\r\nx\r\n`;
  const form = Buffer.from(`${part.repeat(count)}--XyZ--`);

  await expect(readAll(form, 1_000)).rejects.toMatchObject({ code: "invalid_input" });
});

test.each([
  ["multipart/form-data; boundary=XyZ", "XyZ"],
  ['Multipart/Form-Data; charset=x; boundary="a b"', "a b"],
  ["multipart/form-data", null],
  ["application/json; boundary=XyZ", null],
])("%s has the boundary %s", (contentType, boundary) => {
  expect(multipartBoundary(contentType)).toBe(boundary);
});

test.each([
  ['attachment; filename="a.clg"', "a.clg"],
  ["attachment; filename=a.clg", "a.clg"],
  ["attachment; filename=a.clg; filename*=UTF-8''%C3%A9.clg", "é.clg"],
  ['attachment; filename="C:\\logs\\a.clg"', "C:\\logs\\a.clg"],
  ["attachment", null],
])("%s names %s", (disposition, name) => {
  expect(dispositionFileName(disposition)).toBe(name);
});
