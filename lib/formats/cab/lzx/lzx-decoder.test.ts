import fc from "fast-check";
import { expect, test } from "vitest";
import { FRAME_BYTES } from "#formats/cab/compression";
import { LzxDecoder } from "#formats/cab/lzx/lzx-decoder";
import { EMPTY_LENGTH_TREE, fullMainTree, LzxWriter } from "#formats/cab/testing/lzx-writer";
import type { LzxToken } from "#formats/cab/testing/lzx-writer";

const WINDOW_BITS = 15;
const LETTER_A = { literal: 0x61 };

/** Unpacks all frames of the writer. */
function unpack(writer: LzxWriter, windowBits = WINDOW_BITS): Buffer {
  const decoder = new LzxDecoder(windowBits, 16);
  return Buffer.concat(
    writer.frames.map(({ data, unpackedBytes }) =>
      Buffer.from(decoder.decode(data, unpackedBytes)),
    ),
  );
}

function aWriterWith(tokens: readonly LzxToken[], unpackedBytes: number): LzxWriter {
  const writer = new LzxWriter(WINDOW_BITS);
  writer.openBlock(unpackedBytes);
  for (const token of tokens) {
    writer.token(token);
  }
  writer.endFrame(unpackedBytes);
  return writer;
}

test("unpacks literals, self-overlapping matches and recent distances", () => {
  const writer = aWriterWith(
    [LETTER_A, { literal: 0x62 }, { length: 5, distance: 2 }, { length: 2, recent: 0 }],
    9,
  );

  expect(unpack(writer).toString()).toBe("ababababa");
});

test("continues an open block, its trees and its distances in the next frame", () => {
  const writer = new LzxWriter(WINDOW_BITS);
  writer.openBlock(FRAME_BYTES + 3);
  writer.token(LETTER_A);
  writer.token({ length: 255, distance: 1 });
  for (let block = 1; block < FRAME_BYTES / 256; block += 1) {
    writer.token({ length: 256, recent: 0 });
  }
  writer.endFrame();
  writer.token({ length: 3, recent: 0 });
  writer.endFrame(3);

  expect(unpack(writer).toString()).toBe("a".repeat(FRAME_BYTES + 3));
});

test("skips the padding byte after an uncompressed block of odd length", () => {
  const writer = new LzxWriter(WINDOW_BITS);
  writer.uncompressedBlock(Buffer.from("abc"));
  writer.openBlock(2);
  writer.token({ length: 2, recent: 2 });
  writer.endFrame(5);

  expect(unpack(writer).toString()).toBe("abccc");
});

test("accepts an empty length tree that is never used", () => {
  const writer = new LzxWriter(WINDOW_BITS);
  writer.openBlock(4, { lengths: EMPTY_LENGTH_TREE });
  writer.token(LETTER_A);
  writer.token({ length: 3, distance: 1 });
  writer.endFrame(4);

  expect(unpack(writer).toString()).toBe("aaaa");
});

test("translates call targets back without changing the bytes that matches refer to", () => {
  const call = Buffer.from([0xe8, 0x10, 0x00, 0x00, 0x00]);
  const writer = new LzxWriter(WINDOW_BITS, 1000);
  writer.openBlock(25);
  for (const byte of Buffer.concat([Buffer.alloc(5), call])) {
    writer.token({ literal: byte });
  }
  writer.token({ length: 5, distance: 5 });
  writer.token({ literal: 0 });
  writer.token({ length: 9, distance: 1 });
  writer.endFrame(25);

  const content = unpack(writer);

  expect(content.readInt32LE(6)).toBe(0x10 - 5);
  expect(content.readInt32LE(11)).toBe(0x10 - 10);
});

test.each([
  ["before the start", [LETTER_A, { length: 2, distance: 2 }], 3, "before the start of the folder"],
  ["over the end of its frame", [LETTER_A, { length: 9, distance: 1 }], 5, "goes over the end"],
] as const)("refuses a match that goes %s", (...[, tokens, unpackedBytes, message]) => {
  expect(() => unpack(aWriterWith(tokens, unpackedBytes))).toThrow(message);
});

test.each([0, -5, 1 << 15, 0x7fffffff])("refuses a match at the stated distance %d", (distance) => {
  const writer = new LzxWriter(WINDOW_BITS);
  writer.uncompressedBlock(Buffer.from("ab"), [distance, distance, distance]);
  writer.openBlock(2);
  writer.token({ length: 2, recent: 1 });
  writer.endFrame(4);

  expect(() => unpack(writer)).toThrow("before the start of the folder");
});

test.each([
  ["incomplete", (lengths: number[]) => lengths.with(0, 0)],
  ["over-full", (lengths: number[]) => lengths.with(0, 1)],
  ["empty", (lengths: number[]) => lengths.map(() => 0)],
])("refuses a main tree that is %s", (_, spoil) => {
  const writer = new LzxWriter(WINDOW_BITS);
  writer.openBlock(1, { main: spoil(fullMainTree(WINDOW_BITS)) });
  writer.endFrame(1);

  expect(() => unpack(writer)).toThrow("a Huffman tree is not complete");
});

test("refuses a length tree that is neither complete nor empty", () => {
  const writer = new LzxWriter(WINDOW_BITS);
  writer.openBlock(1, { lengths: EMPTY_LENGTH_TREE.with(0, 1) });
  writer.endFrame(1);

  expect(() => unpack(writer)).toThrow("a Huffman tree is not complete");
});

test("refuses a pre-tree and an aligned tree that are not complete", () => {
  const withoutPretree = new LzxWriter(WINDOW_BITS);
  withoutPretree.blockHeader(1, 1);
  withoutPretree.put(0, 16);
  withoutPretree.endFrame(1);
  const withoutAligned = new LzxWriter(WINDOW_BITS);
  withoutAligned.blockHeader(2, 1);
  withoutAligned.put(0, 24);
  withoutAligned.endFrame(1);

  expect(() => unpack(withoutPretree)).toThrow("a Huffman tree is not complete");
  expect(() => unpack(withoutAligned)).toThrow("a Huffman tree is not complete");
});

test("refuses a long match where the length tree is empty", () => {
  const writer = new LzxWriter(WINDOW_BITS);
  writer.openBlock(20, { lengths: EMPTY_LENGTH_TREE });
  writer.token(LETTER_A);
  writer.token({ length: 9, distance: 1 });
  writer.endFrame(20);

  expect(() => unpack(writer)).toThrow("a length that no tree describes");
});

test("refuses a block of an unknown type", () => {
  const writer = new LzxWriter(WINDOW_BITS);
  writer.blockHeader(5, 1);
  writer.endFrame(1);

  expect(() => unpack(writer)).toThrow("unknown type");
});

test("refuses more block headers than frames can need, including those of empty blocks", () => {
  const writer = new LzxWriter(WINDOW_BITS);
  for (let block = 0; block < 17; block += 1) {
    writer.uncompressedBlock(new Uint8Array(0));
  }
  writer.endFrame(1);

  expect(() => unpack(writer)).toThrow("more than 16 LZX blocks");
});

test("refuses a frame whose data ends too early or has bytes left over", () => {
  const { data } = aWriterWith([LETTER_A, LETTER_A, LETTER_A, LETTER_A], 4).frames[0] ?? {};
  const frame = data ?? new Uint8Array(0);
  const decode = (bytes: Uint8Array) => new LzxDecoder(WINDOW_BITS, 16).decode(bytes, 4);

  expect(() => decode(frame.subarray(0, -4))).toThrow("ends before its frame is complete");
  expect(() => decode(Buffer.concat([frame, Buffer.alloc(2)]))).toThrow("data left over");
});

/** A literal or a match that stays within the window and the frame. */
function aRandomToken(next: () => number, maxLength: number, maxDistance: number): LzxToken {
  if (maxDistance < 1 || maxLength < 2 || next() < 0.3) {
    return { literal: Math.floor(next() * 256) };
  }
  return {
    length: 2 + Math.floor(next() * (maxLength - 1)),
    distance: 1 + Math.floor(next() * maxDistance),
  };
}

/** Random tokens and the bytes they unpack to. */
function aRandomStream(windowBits: number, isAligned: boolean, next: () => number) {
  const writer = new LzxWriter(windowBits);
  const content: number[] = [];
  const total = 2 * FRAME_BYTES + 100;
  writer.openBlock(total, { isAligned });
  while (content.length < total) {
    const frameEnd = Math.min(total, (Math.floor(content.length / FRAME_BYTES) + 1) * FRAME_BYTES);
    while (content.length < frameEnd) {
      const maxLength = Math.min(257, frameEnd - content.length);
      const maxDistance = Math.min(content.length, 2 ** windowBits - 3);
      const token = aRandomToken(next, maxLength, maxDistance);
      writer.token(token);
      append(content, token);
    }
    writer.endFrame(((content.length - 1) % FRAME_BYTES) + 1);
  }
  return { writer, content: Buffer.from(content) };
}

function append(content: number[], token: LzxToken): void {
  if ("literal" in token) {
    content.push(token.literal);
  } else if ("distance" in token) {
    const matchEnd = content.length + token.length;
    while (content.length < matchEnd) {
      content.push(content[content.length - token.distance] ?? 0);
    }
  }
}

test("unpacks any sequence of literals and matches, in every window, verbatim and aligned", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 15, max: 21 }),
      fc.boolean(),
      fc.noShrink(fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true }))),
      (...[windowBits, isAligned, numbers]) => {
        const next = (): number => {
          for (const value of numbers) {
            return value;
          }
          return 0;
        };
        const { writer, content } = aRandomStream(windowBits, isAligned, next);
        expect(unpack(writer, windowBits).equals(content)).toBe(true);
      },
    ),
    { numRuns: 14 },
  );
});
