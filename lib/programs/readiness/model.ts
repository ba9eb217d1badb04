import type { Hardware } from "#foundation/core/hardware";
import type { ContentProblem } from "#firmware/files/model";
import type { Finding } from "#programs/readiness/finding";

/** An offer of a pool, to request and download as a phone does. */
export type ReadinessSample = {
  readonly hardware: Hardware;
  readonly files: readonly SampleFile[];
};

export type SampleFile = {
  readonly fileName: string;
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
};

export type FaultyFile = {
  /** The phone, the version and the file as display text. */
  readonly name: string;
  readonly version: string;
  readonly problem: ContentProblem;
};

export type ReadinessPool = {
  readonly fqdn: string;
  readonly internalBaseUrl: string;
  readonly externalBaseUrl: string;
  readonly sipDomains: readonly string[];
  readonly isDefault: boolean;
  /** Null when nothing is approved in the pool. */
  readonly sample: ReadinessSample | null;
  /** Files of its rules' versions that phones cannot download. */
  readonly faultyFiles: readonly FaultyFile[];
};

/** User name and password, or `token` and a device token, as a phone outside sends them. Never stored. */
export type ReadinessCredentials = { readonly userName: string; readonly password: string };

export type ReadinessPlan = {
  readonly pools: readonly ReadinessPool[];
  /** Domains that phones get by DHCP, in addition to the SIP domains of the pools. */
  readonly dhcpDomains: readonly string[];
  /** `address` or `address:port`; null uses the DNS servers of this machine. */
  readonly dnsServer: string | null;
  /** PEM of authorities that phones trust in addition to the usual ones. */
  readonly trustedAuthorities: string | null;
  /** Credentials for a check and a download outside; null skips both. */
  readonly credentials: ReadinessCredentials | null;
  /** Ports that phones try on the discovery name. */
  readonly discoveryPorts: { readonly http: number; readonly https: number };
};

export const DOMAIN_ORIGINS = ["sip", "dhcp"] as const;
export type DomainOrigin = (typeof DOMAIN_ORIGINS)[number];

export type DhcpOption = {
  readonly option: string;
  /** The value as readable text. */
  readonly value: string;
  /** The value as hex pairs, for DHCP servers that do not know the option; null when there is nothing to encode. */
  readonly hex: string | null;
};

export type DomainReport = {
  readonly domain: string;
  readonly origins: readonly DomainOrigin[];
  /** Addresses of `ucupdates-r2`. */
  readonly addresses: readonly string[];
  readonly findings: readonly Finding[];
  /** DNS records to copy into the zone. */
  readonly zone: string;
  readonly dhcpOptions: readonly DhcpOption[];
};

export type PoolReport = {
  readonly fqdn: string;
  readonly internalBaseUrl: string;
  readonly externalBaseUrl: string;
  readonly findings: readonly Finding[];
};

export type ReadinessReport = {
  readonly checkedAt: Date;
  /** Findings that are not about a single domain or pool. */
  readonly findings: readonly Finding[];
  readonly domains: readonly DomainReport[];
  readonly pools: readonly PoolReport[];
};

/** Answer of a DNS server to a query. */
export type NameLookup =
  | { readonly kind: "found"; readonly addresses: readonly string[]; readonly alias: string | null }
  | { readonly kind: "missing" }
  | { readonly kind: "failed"; readonly reason: string };

export type ServiceLookup =
  | { readonly kind: "found"; readonly host: string; readonly port: number }
  | { readonly kind: "missing" }
  | { readonly kind: "failed"; readonly reason: string };

/** The certificate that a server sends to a phone. */
export type SeenCertificate = {
  readonly names: readonly string[];
  readonly validFrom: Date;
  readonly validTo: Date;
  /** Number of certificates from the server's own to the last known one. */
  readonly chainLength: number;
  /** Error of the chain check; null when the chain ends at a trusted authority. */
  readonly trustError: string | null;
  readonly coversHost: boolean;
};

/** Result of one request. */
export type SeenAnswer =
  | {
      readonly kind: "answered";
      readonly url: string;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Buffer;
      /** How far the server's clock is ahead of ours; null without a `Date` header. */
      readonly aheadMs: number | null;
      readonly certificate: SeenCertificate | null;
    }
  | { readonly kind: "failed"; readonly url: string; readonly reason: string }
  | { readonly kind: "unresolved"; readonly url: string; readonly lookup: NameLookup };
