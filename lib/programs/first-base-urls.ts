type Listeners = {
  readonly poolFqdn: string;
  readonly publicUrl: string | null;
  readonly port: number;
  readonly tlsPort: number | null;
  readonly external: { readonly port: number; readonly isTls: boolean } | null;
};

/**
 * The URLs of the first pool, until an administrator changes them. The internal one is plain HTTP, because phones inside
 * check before they trust any certificate authority. The external one is HTTPS if the service listens on HTTPS.
 */
export function firstBaseUrls({ poolFqdn, publicUrl, port, tlsPort, external }: Listeners): {
  readonly internalBaseUrl: string;
  readonly externalBaseUrl: string;
} {
  const internalBaseUrl = publicUrl ?? toOrigin("http", poolFqdn, port);
  if (external !== null) {
    const scheme = external.isTls ? "https" : "http";
    return { internalBaseUrl, externalBaseUrl: toOrigin(scheme, poolFqdn, external.port) };
  }
  const isPublicOverHttp = publicUrl === null || publicUrl.startsWith("http:");
  return {
    internalBaseUrl,
    externalBaseUrl:
      tlsPort !== null && isPublicOverHttp ? toOrigin("https", poolFqdn, tlsPort) : internalBaseUrl,
  };
}

const DEFAULT_PORTS = { http: 80, https: 443 } as const;

function toOrigin(scheme: "http" | "https", host: string, port: number): string {
  return `${scheme}://${host}${port === DEFAULT_PORTS[scheme] ? "" : `:${port}`}`;
}
