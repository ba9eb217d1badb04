import { AppError } from "#foundation/core/errors";

/** An object by its metadata. The identity changes with every change of the object. */
export type StoredObject = {
  /** Relative to the store. */
  readonly key: string;
  readonly sizeBytes: number;
  readonly identity: string;
  readonly changedAt: Date;
};

export type OpenedObject = StoredObject & { readonly body: AsyncIterable<Uint8Array> };

/** First and last byte, both inclusive. */
export type ObjectRange = { readonly start: number; readonly end: number };

/**
 * Objects by key in a bucket. Every function throws `unavailable` while the bucket cannot be used. Putting an object
 * twice is harmless only if both have the same bytes: the last one wins.
 */
export type ObjectStore = {
  /** Stores a body of unknown length. Rethrows an error of the body unchanged; then nothing is stored. */
  readonly put: (key: string, body: AsyncIterable<Uint8Array>) => Promise<void>;
  /** Null if there is no such object. */
  readonly open: (key: string, range?: ObjectRange) => Promise<OpenedObject | null>;
  readonly look: (key: string) => Promise<StoredObject | null>;
  /** Does nothing if there is no such object. */
  readonly remove: (key: string) => Promise<void>;
  readonly list: (prefix: string) => AsyncGenerator<StoredObject>;
  /** Lists uploads that were begun and neither completed nor aborted. They have no object yet. */
  readonly listUnfinished: (prefix: string) => AsyncGenerator<UnfinishedObject>;
};

export type UnfinishedObject = {
  readonly key: string;
  readonly beganAt: Date;
  readonly abort: () => Promise<void>;
};

const RETRY_AFTER_SECONDS = 30;

/** The refusal of a request that needs the content store while it cannot be used. */
export function contentStoreAway(store: string, reason: string, cause?: unknown): AppError {
  return new AppError(
    "unavailable",
    `The content store ${store} cannot be used (${reason}): check CONTENT_STORE, AWS_ENDPOINT_URL, AWS_REGION, the credentials and the server.`,
    { cause, reason: { code: "content_store_away" }, retryAfterSeconds: RETRY_AFTER_SECONDS },
  );
}
