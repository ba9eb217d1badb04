import "server-only";
import { Buffer } from "node:buffer";
import { AppError } from "#foundation/core/errors";

/** A part of a `multipart/form-data` body. Its body is read before the next part is requested. */
export type Part = {
  readonly name: string;
  /** Null for a field that is not a file. */
  readonly fileName: string | null;
  readonly contentType: string;
  readonly body: AsyncGenerator<Uint8Array>;
};

const MAX_PARTS = 32;
const MAX_HEAD_BYTES = 8 * 1024;
const LINE_END = "\r\n";

/** The boundary in a content type; null if it is not multipart or has no boundary. */
export function multipartBoundary(contentType: string): string | null {
  if (!/^multipart\/form-data\b/i.test(contentType)) {
    return null;
  }
  const boundary = parameterOf(contentType, "boundary") ?? "";
  return boundary === "" || boundary.length > 70 ? null : boundary;
}

/** The parts as they arrive. Keeps at most one chunk of a body in memory. */
export async function* readMultipart(
  source: AsyncIterable<Uint8Array>,
  boundary: string,
): AsyncGenerator<Part> {
  const window = new Window(source);
  const delimiter = `${LINE_END}--${boundary}`;
  await window.readHead(delimiter);
  for (let count = 0; !(await window.startsWith("--")); count += 1) {
    if (count === MAX_PARTS) {
      throw broken(`has more than ${MAX_PARTS} parts`);
    }
    const head = `${LINE_END}${await window.readHead(LINE_END + LINE_END)}`;
    const body = window.readBody(delimiter);
    yield toPart(head, body);
    // Skips what the caller did not read.
    while ((await body.next()).done !== true);
  }
}

/** The bytes that have arrived and are not yet read. Starts with a line end, because every boundary follows one. */
class Window {
  readonly #source: AsyncIterator<Uint8Array>;
  #bytes = Buffer.from(LINE_END);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Returns the text before a mark, and skips the mark. */
  async readHead(mark: string): Promise<string> {
    for (;;) {
      const index = this.#bytes.indexOf(mark);
      if (index !== -1) {
        return this.#take(index, mark).toString("utf8");
      }
      if (this.#bytes.length > MAX_HEAD_BYTES) {
        throw broken("has a part with an endless head");
      }
      await this.#fill();
    }
  }

  /** Yields the bytes before a mark, and skips the mark. */
  async *readBody(mark: string): AsyncGenerator<Uint8Array> {
    for (;;) {
      const index = this.#bytes.indexOf(mark);
      if (index !== -1) {
        yield this.#take(index, mark);
        return;
      }
      // The end of the available bytes may be the beginning of the mark.
      const certain = Math.max(0, this.#bytes.length - mark.length + 1);
      if (certain > 0) {
        const bytes = this.#bytes.subarray(0, certain);
        this.#bytes = this.#bytes.subarray(certain);
        yield bytes;
      }
      await this.#fill();
    }
  }

  async startsWith(text: string): Promise<boolean> {
    while (this.#bytes.length < text.length) {
      await this.#fill();
    }
    return this.#bytes.subarray(0, text.length).equals(Buffer.from(text));
  }

  #take(length: number, mark: string): Buffer {
    const bytes = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(length + Buffer.byteLength(mark));
    return bytes;
  }

  async #fill(): Promise<void> {
    const next = await this.#source.next();
    if (next.done === true) {
      throw broken("ends in the middle");
    }
    this.#bytes = Buffer.concat([this.#bytes, next.value]);
  }
}

function toPart(head: string, body: AsyncGenerator<Uint8Array>): Part {
  const disposition = headerOf(head, "content-disposition");
  const name = parameterOf(disposition, "name");
  if (name === null) {
    throw broken("has a part without a name");
  }
  return {
    name,
    fileName: dispositionFileName(disposition),
    contentType: headerOf(head, "content-type").toLowerCase(),
    body,
  };
}

/** The file name in a `Content-Disposition`; null without one. */
export function dispositionFileName(disposition: string): string | null {
  const value = parameterOf(disposition, "filename*") ?? "";
  const encoded = /^(?:utf-8|iso-8859-1)''([^;\s]+)$/i.exec(value)?.[1];
  return (encoded === undefined ? null : decode(encoded)) ?? parameterOf(disposition, "filename");
}

/** A parameter and its value. A value whose quote is not closed matches up to the end and is then dropped. */
const PARAMETER = /;\s*([^\s;="]+)=(?:"((?:[^"\\]|\\[^])*)("|\\?$)|([^;\s"][^;\s]*))/g;

function parameterOf(header: string, wanted: string): string | null {
  for (const [, name = "", quoted, end, bare] of header.matchAll(PARAMETER)) {
    if (name.toLowerCase() === wanted && (quoted === undefined || end === '"')) {
      // A backslash before any character but a quote or a backslash belongs to a path, which old clients send
      // unescaped.
      return quoted?.replaceAll(/\\(["\\])/g, "$1") ?? bare ?? null;
    }
  }
  return null;
}

function headerOf(head: string, wanted: string): string {
  const start = `${wanted}:`;
  const line = head.split(LINE_END).find((text) => text.toLowerCase().startsWith(start));
  return line?.slice(start.length).trim() ?? "";
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function broken(what: string): AppError {
  return new AppError("invalid_input", `The multipart body ${what}.`);
}
