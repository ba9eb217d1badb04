import { z } from "zod";

/** The answers of the JSON dialect. The server writes them; phones read them and ignore unknown fields. */

const OFFERED_FILE_ROLES = ["image", "signature", "description"] as const;
const ANSWER_CHANNELS = ["approved", "pending"] as const;

export type OfferedFile = {
  readonly role: (typeof OFFERED_FILE_ROLES)[number];
  readonly fileName: string;
  /** Size in bytes. */
  readonly size: number;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly internalUrl: string;
  readonly externalUrl: string;
};

export type OfferedModule = {
  readonly updateType: string;
  /** The version that the phone reports for this module; null when it does not report the module. */
  readonly fromVersion: string | null;
  readonly version: string;
  readonly files: readonly OfferedFile[];
};

export type CheckAnswer = {
  readonly schema: 1;
  /** The number of modules; 0 when no update applies. */
  readonly downloads: number;
  readonly nextCheckSeconds: number;
  readonly idleSecondsBeforeInstall: number;
  /** `pending` if any module is offered only to test devices. */
  readonly channel: (typeof ANSWER_CHANNELS)[number];
  readonly modules: readonly OfferedModule[];
};

const MAX_URL_CHARS = 4_096;
const MAX_NAME_CHARS = 255;
const MAX_FILES = 16;
const MAX_MODULES = 32;
const ONE_YEAR_SECONDS = 366 * 24 * 60 * 60;

const name = z.string().min(1).max(MAX_NAME_CHARS);
const seconds = z.number().int().min(0).max(ONE_YEAR_SECONDS);

const url = z.url({ protocol: /^https?$/ }).max(MAX_URL_CHARS);

/** A simulated phone also stores offers in this form. */
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
  fromVersion: z.string().max(MAX_NAME_CHARS).nullable(),
  version: name,
  files: z.array(offeredFile).min(1).max(MAX_FILES),
});

/** The schema with which a phone reads an answer. Refuses inconsistent answers, because their meaning is unclear. */
export const checkAnswer: z.ZodType<CheckAnswer> = z
  .object({
    schema: z.literal(1),
    downloads: z.number().int().min(0).max(MAX_MODULES),
    nextCheckSeconds: seconds.min(1),
    idleSecondsBeforeInstall: seconds,
    channel: z.enum(ANSWER_CHANNELS),
    modules: z.array(offeredModule).max(MAX_MODULES),
  })
  .refine(({ downloads, modules }) => downloads === modules.length, {
    path: ["downloads"],
    error: "Not the number of modules.",
  });

/** A refusal in the format of RFC 9457. Phones decide by `type` and `status`, never by the wording. */
export const problem = z.object({
  type: z.string().default("about:blank"),
  title: z.string().optional(),
  status: z.number().int().optional(),
  detail: z.string().optional(),
  instance: z.string().optional(),
  requestId: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
