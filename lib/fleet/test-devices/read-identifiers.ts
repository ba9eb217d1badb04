import { formatMacAddress } from "#foundation/core/mac-address";
import type { IdentifierType } from "#fleet/test-devices/model";
import { normaliseIdentifier } from "#fleet/test-devices/identifier";

export type ReadIdentifiers = {
  /** Normalised, without duplicates. */
  readonly identifiers: readonly string[];
  /** Words that are not identifiers of the type, as typed. */
  readonly unreadable: readonly string[];
};

/** Reads pasted identifiers: one per line, or separated by spaces, commas or semicolons. */
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

/** Formats an identifier for display. */
export function formatIdentifier({
  identifierType,
  identifier,
}: {
  readonly identifierType: IdentifierType;
  readonly identifier: string;
}): string {
  return identifierType === "MACAddress" ? formatMacAddress(identifier) : identifier;
}
