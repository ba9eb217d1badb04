import "server-only";
import { Buffer } from "node:buffer";
import { open, readFile, rm } from "node:fs/promises";
import { decodePhoneText } from "#formats/xml/decode-xml-text";
import { AppError } from "#foundation/core/errors";
import { isNestedDeeper, requireJson } from "#foundation/core/json";
import { readXmlTree } from "#formats/xml/xml-tree";
import { extensionOf } from "#phones/device-logs/decide-kind";
import type { LogFields } from "#phones/device-logs/log-facts";
import { addJson, addPairs, addXml, findContent, isBase64 } from "#phones/device-logs/log-facts";
import {
  dispositionFileName,
  multipartBoundary,
  readMultipart,
} from "#foundation/platform/http/multipart";
import type { Part } from "#foundation/platform/http/multipart";

/** An upload as an endpoint received it. */
export type LogUpload = {
  readonly contentType: string;
  readonly contentDisposition: string;
  readonly query: Iterable<readonly [string, string]>;
  /** Null if the sender does not declare a length. */
  readonly announcedBytes: number | null;
  readonly body: AsyncIterable<Uint8Array>;
  /** Filled while the upload is read, so that an upload that is refused midway still identifies its sender. */
  readonly fields: Map<string, string>;
};

export type ReceivedLog = { readonly fields: LogFields; readonly sizeBytes: number };

type Target = {
  readonly path: string;
  readonly limitBytes: number;
  /** Distinguishes a log from its description if both are files. */
  readonly validExtensions: readonly string[];
};

/** The maximum size of everything around the content of a log: meta data, boundaries, elements. */
const WRAPPING_BYTES = 64 * 1024;
const MAX_XML_BYTES = 16 * 1024 * 1024;
/** A description needs one level for the phone, and perhaps one around it. */
const MAX_META_NESTING = 8;

/**
 * Writes the content of a log to a file, from any of the three forms (device-protocol.md, 9.5), and never more than the
 * limit. The caller removes the file, also if this throws.
 */
export async function receiveLog(upload: LogUpload, target: Target): Promise<ReceivedLog> {
  const { fields } = upload;
  addPairs(fields, upload.query);
  refuseLarge(upload, target.limitBytes);
  const sizeBytes = await receive(upload, target, fields);
  if (sizeBytes === 0) {
    throw new AppError("invalid_input", "The log is empty.");
  }
  return { fields, sizeBytes };
}

async function receive(
  upload: LogUpload,
  target: Target,
  fields: Map<string, string>,
): Promise<number> {
  const { contentType, contentDisposition, body } = upload;
  const boundary = multipartBoundary(contentType);
  if (boundary !== null) {
    return receiveParts(readMultipart(body, boundary), target, fields);
  }
  // XML with a file name in the query or a header is itself the log, not a document around one.
  const fileName = dispositionFileName(contentDisposition);
  const isNamed = fileName !== null || fields.has("file") || fields.has("filename");
  if (!isNamed && isXml(contentType)) {
    return receiveXml(body, target, fields);
  }
  addPairs(fields, fileName === null ? [] : [["file", fileName]]);
  return writeFile(body, target);
}

/** The part that is assumed to be the log. A later part can show that it is the description instead. */
type FilePart = Pick<Part, "name" | "fileName" | "contentType"> & { readonly sizeBytes: number };

async function receiveParts(
  parts: AsyncGenerator<Part>,
  target: Target,
  fields: Map<string, string>,
): Promise<number> {
  let file: FilePart | null = null;
  let isDescribed = false;
  for await (const part of parts) {
    if (part.fileName === null || isMeta(part)) {
      readField(part.name, await readAll(part.body, WRAPPING_BYTES), fields);
      isDescribed = isDescribed || isMeta(part) || isDocument(part);
    } else if (file === null) {
      file = await receiveFile(part, target);
    } else {
      const describing = isDescribed ? "neither" : describingPart(file, part, target);
      file = await receiveSecondFile({ file, part, describing }, target, fields);
      isDescribed = true;
    }
  }
  if (file === null) {
    throw new AppError("invalid_input", "The form has no file.");
  }
  nameByFile(fields, file.fileName ?? "");
  return file.sizeBytes;
}

async function receiveFile(part: Part, target: Target): Promise<FilePart> {
  return { ...part, sizeBytes: await writeFile(part.body, target) };
}

/** Reads the fields of the file that describes the other, and returns the other. */
async function receiveSecondFile(
  { file, part, describing }: { file: FilePart; part: Part; describing: Describing },
  target: Target,
  fields: Map<string, string>,
): Promise<FilePart> {
  if (describing === "neither") {
    throw new AppError("invalid_input", "Send one file at a time.");
  }
  if (describing === "second") {
    readField(part.name, await readAll(part.body, WRAPPING_BYTES), fields);
    return file;
  }
  readField(file.name, await readFile(target.path), fields);
  await rm(target.path);
  return receiveFile(part, target);
}

/**
 * A description can name other files, such as firmware files. Its name is used only if the log's file has no extension.
 */
function nameByFile(fields: Map<string, string>, fileName: string): void {
  if (extensionOf(fileName) === "") {
    addPairs(fields, [["filename", fileName]]);
  } else {
    fields.set("filename", fileName);
  }
}

/** Some clients send every part as a file. */
function isMeta({ name }: Pick<Part, "name">): boolean {
  return name.toLowerCase() === "meta";
}

type Describing = "first" | "second" | "neither";

/**
 * Which of two files describes the other. A log can be a document too: of two documents, the one with the name of a log
 * is the log; if the names do not decide, the first one is the description.
 */
function describingPart(first: FilePart, second: Part, { validExtensions }: Target): Describing {
  const isLog = ({ fileName }: Pick<Part, "fileName">): boolean =>
    validExtensions.includes(extensionOf(fileName ?? ""));
  const mayFirst = isDocument(first) && first.sizeBytes <= WRAPPING_BYTES;
  const maySecond = isDocument(second);
  if (mayFirst && !(maySecond && isLog(first) && !isLog(second))) {
    return "first";
  }
  return maySecond ? "second" : "neither";
}

function isDocument({ contentType }: Pick<Part, "contentType">): boolean {
  return isXml(contentType) || /[/+]json\b/i.test(contentType);
}

function readField(name: string, bytes: Buffer, fields: Map<string, string>): void {
  const text = decodePhoneText(bytes);
  if (/^\s*\{/.test(text)) {
    addJson(fields, parseJson(text));
  } else if (/^\uFEFF?\s*</.test(text)) {
    addXml(fields, readXml(text, WRAPPING_BYTES));
  } else {
    addPairs(fields, [[name, text]]);
  }
}

async function receiveXml(
  body: AsyncIterable<Uint8Array>,
  target: Target,
  fields: Map<string, string>,
): Promise<number> {
  const most = Math.min(MAX_XML_BYTES, Math.ceil(target.limitBytes * 1.5) + WRAPPING_BYTES);
  const bytes = await readAll(body, most);
  const root = readXml(decodePhoneText(bytes), most);
  addXml(fields, root);
  const content = findContent(root);
  if (content === null || !isBase64(content)) {
    throw new AppError("invalid_input", "The document contains no log in base64.");
  }
  return writeFile(once(Buffer.from(content, "base64")), target);
}

async function writeFile(
  body: AsyncIterable<Uint8Array>,
  { path, limitBytes }: Target,
): Promise<number> {
  const file = await open(path, "wx");
  let sizeBytes = 0;
  try {
    for await (const chunk of body) {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > limitBytes) {
        throw tooLarge(limitBytes);
      }
      await file.writeFile(chunk);
    }
  } finally {
    await file.close();
  }
  return sizeBytes;
}

async function readAll(body: AsyncIterable<Uint8Array>, limitBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of body) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > limitBytes) {
      throw tooLarge(limitBytes);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Refuses an upload before it is read if no form of an allowed log can have the declared length. */
function refuseLarge({ announcedBytes, contentType }: LogUpload, limitBytes: number): void {
  const factor = isXml(contentType) ? 1.5 : 1;
  if (announcedBytes !== null && announcedBytes > limitBytes * factor + WRAPPING_BYTES) {
    throw tooLarge(limitBytes);
  }
}

function isXml(contentType: string): boolean {
  return /[/+]xml\b/i.test(contentType);
}

function readXml(text: string, most: number) {
  const reading = readXmlTree(text, most);
  if (reading.kind === "refused") {
    throw new AppError("invalid_input", `The document is invalid: ${reading.problem}`);
  }
  return reading.root;
}

function parseJson(text: string): unknown {
  if (isNestedDeeper(text, MAX_META_NESTING)) {
    throw new AppError(
      "invalid_input",
      `The meta data is nested to more than ${MAX_META_NESTING} levels.`,
    );
  }
  return requireJson(text, "The meta data is not JSON.");
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

function tooLarge(limitBytes: number): AppError {
  return new AppError("payload_too_large", `A log may have at most ${limitBytes} bytes.`);
}
