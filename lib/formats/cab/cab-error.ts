import { isDiskFull } from "#foundation/core/error-code";

/** Why a cabinet is refused; the panel has its own text for each kind. */
export const CAB_ERROR_KINDS = ["format", "unsupported", "limit", "integrity", "data"] as const;
export type CabErrorKind = (typeof CAB_ERROR_KINDS)[number];

const MAX_SHOWN_NAME_CHARS = 120;

/** The cabinet is refused. The message is one sentence that names the entry and may be shown to users. */
export class CabError extends Error {
  readonly kind: CabErrorKind;
  readonly entry: string;
  /** The message without the entry: starts in lower case and ends with a full stop. */
  readonly problem: string;

  constructor(kind: CabErrorKind, { entry, problem, cause }: CabFailure) {
    super(
      `“${toShownName(entry)}”: ${problem}`,
      // `{ cause: undefined }` would print an empty cause.
      cause === undefined ? undefined : { cause },
    );
    this.name = "CabError";
    this.kind = kind;
    this.entry = toShownName(entry);
    this.problem = problem;
  }
}

type CabFailure = {
  readonly entry: string;
  readonly problem: string;
  readonly cause?: unknown;
};

/** Escapes control and direction characters: names come from hostile files and appear in logs and dialogs. */
export function toShownName(name: string): string {
  if (name === "") {
    return "(no name)";
  }
  const shown = name.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return shown.length > MAX_SHOWN_NAME_CHARS ? `${shown.slice(0, MAX_SHOWN_NAME_CHARS)}…` : shown;
}

/**
 * A block cannot be unpacked. Decoders know neither entry nor folder; the caller adds both and
 * throws a `CabError`. The message starts in lower case and has no full stop.
 */
export class DecodeError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "DecodeError";
  }
}

/** Turns "disk full" into a `CabError`: the administrator can fix it, so it is not a defect. */
export function withDiskFullExplained(error: unknown, name: string): unknown {
  if (!isDiskFull(error)) {
    return error;
  }
  const problem = "the disk became full while the package was unpacked.";
  return new CabError("limit", { entry: name, problem, cause: error });
}
