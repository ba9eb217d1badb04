/** A web service that phones ask; the original's `service:WebServer:<fqdn>`. */
export type Pool = {
  readonly id: string;
  /** Lower case. */
  readonly fqdn: string;
  readonly siteId: string;
  readonly siteName: string;
  /** Origins without a trailing slash, put in front of the paths of images. */
  readonly internalBaseUrl: string;
  readonly externalBaseUrl: string;
  readonly sipDomains: readonly string[];
  /** Answers phones whose request names no known pool. Exactly one pool does. */
  readonly isDefault: boolean;
};

export type Site = { readonly id: string; readonly name: string; readonly poolCount: number };
