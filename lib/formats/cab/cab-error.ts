/** The five ways in which a cabinet fails; the panel words each of them differently. */
export const CAB_ERROR_KINDS = ["format", "unsupported", "limit", "integrity", "data"] as const;
export type CabErrorKind = (typeof CAB_ERROR_KINDS)[number];

const LONGEST_SHOWN_NAME = 120;

/** A cabinet was refused. The message is one sentence that names the entry and may be shown to people. */
export class CabError extends Error {
  readonly kind: CabErrorKind;
  readonly entry: string;
  /** The message without the entry: starts in lower case and ends with a full stop. */
  readonly problem: string;

  constructor(kind: CabErrorKind, { entry, problem, cause }: CabFailure) {
    super(
      `“${toShownName(entry)}”: ${problem}`,
      // Undefined is not "no cause" to `Error`: it would print an empty one.
      cause === undefined ? undefined : { cause },
    );
    this.name = "CabError";
    this.kind = kind;
    this.entry = toShownName(entry);
    this.problem = problem;
  }
}

export type CabFailure = {
  readonly entry: string;
  readonly problem: string;
  readonly cause?: unknown;
};

/** Names come from hostile files: no control or direction characters in a log line or a dialog. */
export function toShownName(name: string): string {
  if (name === "") {
    return "(no name)";
  }
  const shown = name.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return shown.length > LONGEST_SHOWN_NAME ? `${shown.slice(0, LONGEST_SHOWN_NAME)}…` : shown;
}
