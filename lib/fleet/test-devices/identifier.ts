import { normaliseMacAddress } from "#foundation/core/mac-address";
import { isIdentifying } from "#fleet/devices/identify";
import type { IdentifierType } from "#fleet/test-devices/model";

const SERIAL_NUMBER = /^[A-Za-z0-9_-]{1,64}$/;

export type Identifier = {
  readonly identifierType: IdentifierType;
  readonly identifier: string;
};

/** The stored form of an identifier; null if it is malformed, or if it identifies no phone. */
export function normaliseIdentifier(input: Identifier): string | null {
  const identifier = readIdentifier(input);
  return identifier !== null && isIdentifying({ ...input, identifier }) ? identifier : null;
}

/** Whether an identifier has the form of its type, even if it identifies no phone. */
export function isWellFormed(input: Identifier): boolean {
  return readIdentifier(input) !== null;
}

function readIdentifier({ identifierType, identifier }: Identifier): string | null {
  return identifierType === "MACAddress"
    ? normaliseMacAddress(identifier)
    : SERIAL_NUMBER.test(identifier)
      ? identifier
      : null;
}
