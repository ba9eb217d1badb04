import { formatMacAddress } from "#foundation/core/mac-address";
import type { IdentifierType } from "#fleet/test-devices/model";
import { normaliseIdentifier } from "#fleet/test-devices/schema";

export type ReadIdentifiers = {
  /** Normalised, each once. */
  readonly identifiers: readonly string[];
  /** What is no identifier of the type, as it was typed. */
  readonly unreadable: readonly string[];
};

/** Identifiers as people paste them: one per line, or with spaces, commas or semicolons in between. */
export function readIdentifiers(text: string, identifierType: IdentifierType): ReadIdentifiers {
  const words = text.split(/[\s,;]+/).filter((word) => word !== "");
  const read = words.map((word) => ({
    word,
    identifier: normaliseIdentifier({ identifierType, identifier: word }),
  }));
  return {
    identifiers: [
      ...new Set(read.flatMap(({ identifier }) => (identifier === null ? [] : [identifier]))),
    ],
    unreadable: read.filter(({ identifier }) => identifier === null).map(({ word }) => word),
  };
}

/** An identifier as people read it. */
export function formatIdentifier({
  identifierType,
  identifier,
}: {
  readonly identifierType: IdentifierType;
  readonly identifier: string;
}): string {
  return identifierType === "MACAddress" ? formatMacAddress(identifier) : identifier;
}
