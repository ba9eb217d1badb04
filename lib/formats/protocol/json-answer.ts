import { z } from "zod";

/** The answers of the JSON dialect: written by the server, read by phones, which ignore what they do not know. */

const OFFERED_FILE_ROLES = ["image", "signature", "description"] as const;
const ANSWER_CHANNELS = ["approved", "pending"] as const;

export type OfferedFile = {
  readonly role: (typeof OFFERED_FILE_ROLES)[number];
  readonly fileName: string;
  /** Bytes. */
  readonly size: number;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly internalUrl: string;
  readonly externalUrl: string;
};

export type OfferedModule = {
  readonly updateType: string;
  /** What the phone said it runs; null where it said nothing of this module. */
  readonly fromVersion: string | null;
  readonly version: string;
  readonly files: readonly OfferedFile[];
};

export type CheckAnswer = {
  readonly schema: 1;
  /** The number of modules: 0 when nothing applies. */
  readonly downloads: number;
  readonly nextCheckSeconds: number;
  readonly idleSecondsBeforeInstall: number;
  /** `pending` where any module is one that only test devices are offered. */
  readonly channel: (typeof ANSWER_CHANNELS)[number];
  readonly modules: readonly OfferedModule[];
};

const LONGEST_URL = 4_096;
const LONGEST_NAME = 255;
const MOST_FILES = 16;
const MOST_MODULES = 32;
const ONE_YEAR_SECONDS = 366 * 24 * 60 * 60;

const name = z.string().min(1).max(LONGEST_NAME);
const seconds = z.number().int().min(0).max(ONE_YEAR_SECONDS);

const url = z.url({ protocol: /^https?$/ }).max(LONGEST_URL);

/** Also how a phone remembers an offer. */
export const offeredFile = z.object({
  role: z.enum(OFFERED_FILE_ROLES),
  fileName: name,
  size: z.number().int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  internalUrl: url,
  externalUrl: url,
});

const offeredModule = z.object({
  updateType: name,
  fromVersion: z.string().max(LONGEST_NAME).nullable(),
  version: name,
  files: z.array(offeredFile).min(1).max(MOST_FILES),
});

/** As a phone reads it. An answer that contradicts itself is refused: what it means is anybody's guess. */
export const checkAnswer: z.ZodType<CheckAnswer> = z
  .object({
    schema: z.literal(1),
    downloads: z.number().int().min(0).max(MOST_MODULES),
    nextCheckSeconds: seconds.min(1),
    idleSecondsBeforeInstall: seconds,
    channel: z.enum(ANSWER_CHANNELS),
    modules: z.array(offeredModule).max(MOST_MODULES),
  })
  .refine(({ downloads, modules }) => downloads === modules.length, {
    path: ["downloads"],
    error: "Not the number of modules.",
  });

/** A refusal, as RFC 9457 writes it. Phones branch on `type` and `status`, never on wording. */
export const problem = z.object({
  type: z.string().default("about:blank"),
  title: z.string().optional(),
  status: z.number().int().optional(),
  detail: z.string().optional(),
  instance: z.string().optional(),
  requestId: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
