import type { DeviceIdentifier } from "#fleet/devices/identify";
import { isIdentifying } from "#fleet/devices/identify";
import type { NetworkMatcher } from "#fleet/sites/network";
import type { RegisteredTestDevice } from "#phones/check/model";

/** The registered identifiers of the test devices of one scope; serial numbers in lower case. */
export type TestDeviceIdentifiers = {
  readonly macAddresses: ReadonlySet<string>;
  readonly serialNumbers: ReadonlySet<string>;
  /** MAC addresses of phones that reported one of the serial numbers in their last check. */
  readonly reportingMacAddresses: ReadonlySet<string>;
};

/** The test devices of all scopes, and the networks that say at which site a phone is. */
export type TestDeviceScopes = {
  /** Of every scope: a phone without a mark here is no test device anywhere. */
  readonly anywhere: TestDeviceIdentifiers;
  readonly everywhere: TestDeviceIdentifiers;
  /** By the id of a site: those of the site, and those of every site. */
  readonly bySite: ReadonlyMap<string, TestDeviceIdentifiers>;
  readonly siteOf: NetworkMatcher<SiteOfNetwork>;
};

type SiteOfNetwork = { readonly siteId: string };

export function toTestDeviceScopes(
  testDevices: readonly RegisteredTestDevice[],
  siteOf: NetworkMatcher<SiteOfNetwork>,
): TestDeviceScopes {
  const siteIds = new Set(testDevices.flatMap(({ siteId }) => (siteId === null ? [] : [siteId])));
  const ofSites = (isOfSite: (siteId: string) => boolean) =>
    toTestDeviceIdentifiers(
      testDevices.filter(({ siteId }) => siteId === null || isOfSite(siteId)),
    );
  return {
    anywhere: toTestDeviceIdentifiers(testDevices),
    everywhere: ofSites(() => false),
    bySite: new Map([...siteIds].map((id) => [id, ofSites((siteId) => siteId === id)])),
    siteOf,
  };
}

/** The test devices that count for a phone: at the site of its address, else at the site of its pool. */
export function marksAt(
  { bySite, everywhere, siteOf }: TestDeviceScopes,
  poolSiteId: string,
  address: string | undefined,
): TestDeviceIdentifiers {
  const network = address === undefined ? null : siteOf(address);
  return bySite.get(network?.siteId ?? poolSiteId) ?? everywhere;
}

/** Skips stored identifiers of earlier versions that identify no phone, such as a MAC address of all zeros. */
function toTestDeviceIdentifiers(
  registered: readonly RegisteredTestDevice[],
): TestDeviceIdentifiers {
  const identifiers = registered.filter(isIdentifying);
  const ofType = (type: DeviceIdentifier["identifierType"]) =>
    identifiers.filter(({ identifierType }) => identifierType === type);
  const known = identifiers.flatMap(({ updatedMacAddresses = [] }) => updatedMacAddresses);
  const reporting = identifiers.flatMap(({ reportingMacAddresses = [] }) => reportingMacAddresses);
  return {
    macAddresses: new Set([...ofType("MACAddress").map(({ identifier }) => identifier), ...known]),
    serialNumbers: new Set(
      ofType("SerialNumber").map(({ identifier }) => identifier.toLowerCase()),
    ),
    reportingMacAddresses: new Set(reporting),
  };
}
