import "server-only";
import { Readable } from "node:stream";
import { errorCode } from "#foundation/core/error-code";
import { AppError } from "#foundation/core/errors";
import { contentStoreAway } from "#foundation/platform/objects/object-store";
import { watchSender } from "#foundation/platform/objects/watch-sender";
import type {
  ObjectRange,
  ObjectStore,
  OpenedObject,
  StoredObject,
  UnfinishedObject,
} from "#foundation/platform/objects/object-store";

export type S3StoreOptions = {
  readonly bucket: string;
  /** Empty, or ends with a slash. */
  readonly prefix: string;
  readonly isPathStyle: boolean;
};

const MIB = 1024 ** 2;
const CONNECT_TIMEOUT_MS = 2_000;
/** The maximum silence of the server within a response, and while it takes a part of an upload. */
const SILENCE_TIMEOUT_MS = 15_000;
/** The maximum time to the head of a response, with its repetitions. */
const ANSWER_TIMEOUT_MS = 4_000;
const MAX_ATTEMPTS = 2;
/** After a failure, requests fail immediately for this long, so that they do not pile up behind a silent server. */
const AWAY_MS = 2_000;
const PART_BYTES = 8 * MIB;
const MAX_PARTS_AT_ONCE = 2;

type Connection = Awaited<ReturnType<typeof connect>>;

/**
 * Objects in an S3 bucket. Endpoint, region and credentials come from the SDK's own chain. The SDK takes a second and
 * ten megabytes to load, so it is loaded by the first request.
 */
export function s3ObjectStore({ bucket, prefix, isPathStyle }: S3StoreOptions): ObjectStore {
  const name = `s3://${bucket}/${prefix}`;
  const line = s3Line(name, isPathStyle);
  const at = (key: string) => ({ Bucket: bucket, Key: `${prefix}${key}` });
  return {
    put: (key, body) => line.upload(at(key), body),
    open: async (key, range) => {
      const found = await line.ask(({ sdk, client }, abortSignal) =>
        client.send(new sdk.GetObjectCommand({ ...at(key), ...toRange(range) }), { abortSignal }),
      );
      return found === null ? null : toOpened(name, key, found);
    },
    look: async (key) => {
      const found = await line.ask(({ sdk, client }, abortSignal) =>
        client.send(new sdk.HeadObjectCommand(at(key)), { abortSignal }),
      );
      return found === null ? null : toObject(key, { ...found, Size: found.ContentLength });
    },
    remove: async (key) => {
      await line.ask(({ sdk, client }, abortSignal) =>
        client.send(new sdk.DeleteObjectCommand(at(key)), { abortSignal }),
      );
    },
    list: (below) => listObjects(line, { bucket, prefix, below }),
    listUnfinished: (below) => listUnfinished(line, { bucket, prefix, below }),
  };
}

type Line = {
  /** Sends a request. Null if the object does not exist; throws `unavailable` for every other failure. */
  readonly ask: <T>(
    request: (connection: Connection, signal: AbortSignal) => Promise<T>,
  ) => Promise<T | null>;
  readonly upload: (
    target: { readonly Bucket: string; readonly Key: string },
    body: AsyncIterable<Uint8Array>,
  ) => Promise<void>;
};

function s3Line(name: string, isPathStyle: boolean): Line {
  let connection: Promise<Connection> | null = null;
  let away: { readonly untilMs: number; readonly error: AppError } | null = null;
  const connected = (): Promise<Connection> => (connection ??= connect(isPathStyle));
  const fail = (error: unknown): never => {
    const refusal = contentStoreAway(name, toReason(error), error);
    away = { untilMs: performance.now() + AWAY_MS, error: refusal };
    throw refusal;
  };
  const requireNear = (): void => {
    if (away !== null && performance.now() < away.untilMs) {
      throw away.error;
    }
  };
  return {
    ask: async (request) => {
      requireNear();
      try {
        // Before the time begins: on a busy machine, loading the client may take seconds.
        const open = await connected();
        const result = await inTime((signal) => request(open, signal));
        away = null;
        return result;
      } catch (error) {
        return isNotFound(error) ? null : fail(error);
      }
    },
    upload: async (target, body) => {
      requireNear();
      const source = watchSender(body);
      try {
        await send(await connected(), target, source.body);
      } catch (error) {
        if (source.failed()) {
          throw source.error();
        }
        fail(error);
      }
    },
  };
}

/** Uploads in parts, which are aborted on failure so that none stays. */
async function send(
  { client }: Connection,
  target: { readonly Bucket: string; readonly Key: string },
  body: AsyncIterable<Uint8Array>,
): Promise<void> {
  const { Upload } = await import("@aws-sdk/lib-storage");
  const stream = Readable.from(body, { objectMode: false });
  try {
    await new Upload({
      client,
      params: { ...target, Body: stream },
      partSize: PART_BYTES,
      queueSize: MAX_PARTS_AT_ONCE,
    }).done();
  } finally {
    // Cancels a body that was not read to its end.
    stream.destroy();
  }
}

async function connect(isPathStyle: boolean) {
  const sdk = await import("@aws-sdk/client-s3");
  const client = new sdk.S3Client({
    forcePathStyle: isPathStyle,
    maxAttempts: MAX_ATTEMPTS,
    // Content is compared with its SHA-256 in any case, and older servers do not know the newer checksums.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: { connectionTimeout: CONNECT_TIMEOUT_MS, socketTimeout: SILENCE_TIMEOUT_MS },
  });
  return { sdk, client };
}

/** Limits the time to the head of a response. Its body has its own limit. */
async function inTime<T>(request: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort();
  }, ANSWER_TIMEOUT_MS);
  try {
    return await request(late.signal);
  } finally {
    clearTimeout(timer);
  }
}

type Below = { readonly bucket: string; readonly prefix: string; readonly below: string };

async function* listObjects(
  line: Line,
  { bucket, prefix, below }: Below,
): AsyncGenerator<StoredObject> {
  let token: string | undefined;
  do {
    const page = await line.ask(({ sdk, client }, abortSignal) =>
      client.send(
        new sdk.ListObjectsV2Command({
          Bucket: bucket,
          Prefix: `${prefix}${below}`,
          ContinuationToken: token,
        }),
        { abortSignal },
      ),
    );
    for (const found of page?.Contents ?? []) {
      yield toObject((found.Key ?? "").slice(prefix.length), found);
    }
    token = page?.NextContinuationToken;
  } while (token !== undefined);
}

async function* listUnfinished(
  line: Line,
  { bucket, prefix, below }: Below,
): AsyncGenerator<UnfinishedObject> {
  const page = await line.ask(({ sdk, client }, abortSignal) =>
    client.send(
      new sdk.ListMultipartUploadsCommand({ Bucket: bucket, Prefix: `${prefix}${below}` }),
      { abortSignal },
    ),
  );
  for (const { Key: key = "", UploadId: id, Initiated: beganAt } of page?.Uploads ?? []) {
    yield {
      key: key.slice(prefix.length),
      beganAt: beganAt ?? new Date(),
      abort: async () => {
        await line.ask(({ sdk, client }, abortSignal) =>
          client.send(
            new sdk.AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId: id }),
            { abortSignal },
          ),
        );
      },
    };
  }
}

type ObjectFacts = {
  readonly ETag?: string | undefined;
  readonly Size?: number | undefined;
  readonly LastModified?: Date | undefined;
};

function toObject(key: string, { ETag = "", Size = 0, LastModified }: ObjectFacts): StoredObject {
  const changedAt = LastModified ?? new Date(0);
  const identity = `${ETag.replaceAll('"', "")}-${Size}-${changedAt.getTime()}`;
  return { key, sizeBytes: Size, identity, changedAt };
}

function toOpened(
  name: string,
  key: string,
  found: ObjectFacts & {
    readonly Body?: unknown;
    readonly ContentLength?: number | undefined;
    readonly ContentRange?: string | undefined;
  },
): OpenedObject {
  const total = /\/(\d+)$/.exec(found.ContentRange ?? "")?.[1];
  const sizeBytes = total === undefined ? found.ContentLength : Number(total);
  const object = toObject(key, { ...found, Size: sizeBytes });
  const { Body: body } = found;
  if (!(body instanceof Readable)) {
    throw new Error("The SDK returned a body that is no stream.");
  }
  return { ...object, body: bodyOf(name, body) };
}

async function* bodyOf(name: string, body: Readable): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) {
      if (chunk instanceof Uint8Array) {
        yield chunk;
      }
    }
  } catch (error) {
    throw contentStoreAway(name, toReason(error), error);
  } finally {
    body.destroy();
  }
}

function toRange(range: ObjectRange | undefined): { readonly Range?: string } {
  return range === undefined ? {} : { Range: `bytes=${range.start}-${range.end}` };
}

function isNotFound(error: unknown): boolean {
  const name = error instanceof Error ? error.name : "";
  return name === "NoSuchKey" || name === "NotFound";
}

/** The reason in few words: a system error code, the service's error name, or the SDK's message. */
function toReason(error: unknown): string {
  if (error instanceof AppError || !(error instanceof Error)) {
    return String(error);
  }
  const isOfService = "$metadata" in error && error.name !== "Error";
  if (error.name === "AbortError" || error.name === "TimeoutError") {
    return "it does not answer";
  }
  return errorCode(error) ?? (isOfService ? error.name : error.message.replace(/\.$/, ""));
}
