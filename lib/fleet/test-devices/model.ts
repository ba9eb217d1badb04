import type { ErrorCode } from "#foundation/core/errors";
import type { RefusalReason } from "#foundation/core/refusal-reason";

export const IDENTIFIER_TYPES = ["MACAddress", "SerialNumber"] as const;
export type IdentifierType = (typeof IDENTIFIER_TYPES)[number];

/** A phone that is offered pending versions, at all sites or at one site. */
export type TestDevice = {
  readonly id: string;
  /** Null: a test device at all sites. */
  readonly siteId: string | null;
  readonly siteName: string | null;
  readonly name: string;
  readonly identifierType: IdentifierType;
  /** Normalised: a MAC address as upper-case hex digits, a serial number unchanged. */
  readonly identifier: string;
  readonly createdAt: Date;
  readonly createdBy: string;
};

/** `global/<name>` or `site:<site>/<name>`, as the cmdlets of the original print it. */
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

/** The result of adding several test devices at once. */
export type TestDevicesReport = {
  readonly created: number;
  readonly refused: readonly RefusedTestDevice[];
};
