import "server-only";
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { extract } from "tar-stream";
import { AppError } from "#foundation/core/errors";
import { DIGESTS_NAME, DIGEST_OF_ALL_NAME } from "#programs/backup/model";

export type ArchiveMember = {
  readonly name: string;
  readonly sizeBytes: number;
  /** Must be read to its end before the next member. */
  readonly content: AsyncIterable<Uint8Array>;
};

/** Members that are read as a whole are not larger than this. */
const MAX_WHOLE_BYTES = 256 * 1024 * 1024;

/**
 * The members of a backup up to its digests, in order. The iteration ends only if every member matches its digest and
 * the archive is complete; otherwise it throws, so that a caller who commits afterwards commits only a complete backup.
 */
export async function* readArchive(source: Readable): AsyncGenerator<ArchiveMember> {
  const extracting = extract();
  const piped = pipeline(source, extracting);
  // The iteration throws the same error.
  piped.catch(() => undefined);
  const lines: string[] = [];
  let isVerified = false;
  try {
    for await (const entry of extracting) {
      const { name, size } = entry.header;
      const hash = createHash("sha256");
      const member = { name, sizeBytes: size, content: hashing(entry, hash, piped) };
      if (name === DIGESTS_NAME) {
        verifyDigests((await readMember(member)).toString("utf8"), lines);
      } else if (name === DIGEST_OF_ALL_NAME) {
        verifyDigestOfAll((await readMember(member)).toString("utf8"), lines);
        isVerified = true;
      } else {
        yield member;
        lines.push(`${hash.digest("hex")}  ${name}\n`);
      }
    }
  } catch (error) {
    throw await explain(error, piped);
  }
  if (!isVerified) {
    throw damaged("it ends too early");
  }
}

/** The whole content of a small member. */
export async function readMember({ name, sizeBytes, content }: ArchiveMember): Promise<Buffer> {
  if (sizeBytes > MAX_WHOLE_BYTES) {
    throw damaged(`${name} is too large`);
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export function damaged(what: string, cause?: unknown): AppError {
  return new AppError(
    "unprocessable_input",
    `The backup is damaged (${what}): use another one. Nothing was changed.`,
    { cause },
  );
}

function verifyDigests(text: string, lines: readonly string[]): void {
  if (text === lines.join("")) {
    return;
  }
  const expected = text.split(/(?<=\n)/);
  const at = lines.findIndex((line, index) => line !== expected[index]);
  const [, name = DIGESTS_NAME] = (lines[at] ?? "").trimEnd().split("  ");
  throw damaged(`${name} does not match its digest`);
}

function verifyDigestOfAll(text: string, lines: readonly string[]): void {
  const digest = createHash("sha256").update(lines.join("")).digest("hex");
  if (text !== `${digest}  ${DIGESTS_NAME}\n`) {
    throw damaged(`${DIGESTS_NAME} does not match its digest`);
  }
}

async function* hashing(
  pieces: AsyncIterable<unknown>,
  hash: ReturnType<typeof createHash>,
  piped: Promise<void>,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of pieces) {
      if (piece instanceof Uint8Array) {
        hash.update(piece);
        yield piece;
      }
    }
  } catch (error) {
    throw await explain(error, piped);
  }
}

/** The messages of tar-stream about the archive; it gives its errors no codes. */
const TAR_ERRORS = /^(?:Unexpected end of data|Invalid (?:tar )?header|Header exceeds)/;

/** Prefers the failure of the pipeline: the iteration may report only that its stream was destroyed. */
async function explain(error: unknown, piped: Promise<void>): Promise<unknown> {
  if (error instanceof AppError) {
    return error;
  }
  return toDamage(
    await piped.then(
      () => error,
      (cause: unknown) => cause,
    ),
  );
}

function toDamage(error: unknown): unknown {
  return error instanceof Error && TAR_ERRORS.test(error.message)
    ? damaged(
        error.message.startsWith("Unexpected end") ? "it ends too early" : "it is no archive",
        error,
      )
    : error;
}
