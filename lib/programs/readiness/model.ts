import type { Hardware } from "#foundation/core/hardware";
import type { ContentProblem } from "#firmware/files/model";
import type { Finding } from "#programs/readiness/finding";

/** Something a pool offers, to be asked for and downloaded as a phone would. */
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
  /** The phone, the version and the file, for people. */
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
  /** Null: nothing is approved there yet. */
  readonly sample: ReadinessSample | null;
  /** Files of versions that its rules hold and that phones cannot load. */
  readonly faultyFiles: readonly FaultyFile[];
};

/** A user's name and password, or `token` and a device token, as a phone outside sends them. Kept nowhere. */
export type ReadinessCredentials = { readonly userName: string; readonly password: string };

export type ReadinessPlan = {
  readonly pools: readonly ReadinessPool[];
  /** Domains that phones get by DHCP, besides the SIP domains of the pools. */
  readonly dhcpDomains: readonly string[];
  /** `address` or `address:port`; null asks whom this machine asks. */
  readonly dnsServer: string | null;
  /** PEM of authorities that phones trust besides the usual ones. */
  readonly trustedAuthorities: string | null;
  /** With whose credentials a check and a download are tried outside; null leaves them untried. */
  readonly credentials: ReadinessCredentials | null;
  /** Where phones knock after they looked up the one name they know. */
  readonly discoveryPorts: { readonly http: number; readonly https: number };
};

export const DOMAIN_ORIGINS = ["sip", "dhcp"] as const;
export type DomainOrigin = (typeof DOMAIN_ORIGINS)[number];

export type DhcpOption = {
  readonly option: string;
  /** As a person reads it. */
  readonly value: string;
  /** As a DHCP server without names for the option wants it: hex pairs; null where there is nothing to encode. */
  readonly hex: string | null;
};

export type DomainReport = {
  readonly domain: string;
  readonly origins: readonly DomainOrigin[];
  /** Where `ucupdates-r2` leads. */
  readonly addresses: readonly string[];
  readonly findings: readonly Finding[];
  /** Records to copy into the zone. */
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
  /** What concerns no single domain or pool. */
  readonly findings: readonly Finding[];
  readonly domains: readonly DomainReport[];
  readonly pools: readonly PoolReport[];
};

/** What a name server said to a question. */
export type NameLookup =
  | { readonly kind: "found"; readonly addresses: readonly string[]; readonly alias: string | null }
  | { readonly kind: "missing" }
  | { readonly kind: "failed"; readonly reason: string };

export type ServiceLookup =
  | { readonly kind: "found"; readonly host: string; readonly port: number }
  | { readonly kind: "missing" }
  | { readonly kind: "failed"; readonly reason: string };

/** A certificate as a phone meets it. */
export type SeenCertificate = {
  readonly names: readonly string[];
  readonly validFrom: Date;
  readonly validTo: Date;
  /** How many certificates lead from the server's own to the last one known. */
  readonly chainLength: number;
  /** What the check of the chain said; null where it leads to an authority that is trusted. */
  readonly trustError: string | null;
  readonly coversHost: boolean;
};

/** One request and what came of it. */
export type SeenAnswer =
  | {
      readonly kind: "answered";
      readonly url: string;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Buffer;
      /** How far the server's clock is ahead of ours; null where it does not tell. */
      readonly aheadMs: number | null;
      readonly certificate: SeenCertificate | null;
    }
  | { readonly kind: "failed"; readonly url: string; readonly reason: string }
  | { readonly kind: "unresolved"; readonly url: string; readonly lookup: NameLookup };
