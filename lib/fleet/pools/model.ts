import type { BrakeSettings } from "#fleet/pools/brake";

/** A web service that phones check at; `service:WebServer:<fqdn>` in the original. */
export type Pool = BrakeSettings & {
  readonly id: string;
  /** Lower case. */
  readonly fqdn: string;
  readonly siteId: string;
  readonly siteName: string;
  /** Origins without a trailing slash, prefixed to the paths of images. */
  readonly internalBaseUrl: string;
  readonly externalBaseUrl: string;
  readonly sipDomains: readonly string[];
  /** Whether it answers phones that name no known pool. True for exactly one pool. */
  readonly isDefault: boolean;
};
