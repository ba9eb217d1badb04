import type { ErrorCode } from "#foundation/core/errors";
import type { RefusalReason } from "#foundation/core/refusal-reason";

export const IDENTIFIER_TYPES = ["MACAddress", "SerialNumber"] as const;
export type IdentifierType = (typeof IDENTIFIER_TYPES)[number];

/** A phone that is offered pending versions: everywhere, or at one site. */
export type TestDevice = {
  readonly id: string;
  /** Null: counts for every site. */
  readonly siteId: string | null;
  readonly siteName: string | null;
  readonly name: string;
  readonly identifierType: IdentifierType;
  /** Normalised: a MAC address as upper-case hex digits, a serial number as it stands. */
  readonly identifier: string;
  readonly createdAt: Date;
  readonly createdBy: string;
};

/** `global/<name>` or `site:<site>/<name>`, as the original's cmdlets print it. */
export function testDeviceIdentity({
  siteName,
  name,
}: Pick<TestDevice, "siteName" | "name">): string {
  return siteName === null ? `global/${name}` : `site:${siteName}/${name}`;
}

export type RefusedTestDevice = Pick<TestDevice, "identifierType" | "identifier"> & {
  readonly code: ErrorCode;
  readonly reason: RefusalReason | null;
};

/** What adding several at once came to. */
export type TestDevicesReport = {
  readonly created: number;
  readonly refused: readonly RefusedTestDevice[];
};
