import { z } from "zod";
import { optional, wholeNumber } from "#foundation/platform/setting-kinds";

export const TLS_VERSIONS = ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"] as const;
export type TlsVersion = (typeof TLS_VERSIONS)[number];

const file = optional(z.string().trim());
const version = optional(z.enum(TLS_VERSIONS, `one of ${TLS_VERSIONS.join(", ")}`));

/** HTTPS with certificates from files. `lib/foundation/platform/tls/plan.ts` checks which of them belong together. */
export const tlsSettings = {
  // 0 lets the system choose a port; tests use it.
  TLS_PORT: optional(wholeNumber(0, 65_535)),
  TLS_CERTIFICATE_FILE: file,
  TLS_KEY_FILE: file,
  TLS_PASSPHRASE_FILE: file,
  TLS_MIN_VERSION: version.transform((value) => value ?? "TLSv1.2"),
  // The external side has names of its own. Without these settings it uses the certificate of the internal side.
  EXTERNAL_TLS_CERTIFICATE_FILE: file,
  EXTERNAL_TLS_KEY_FILE: file,
  EXTERNAL_TLS_PASSPHRASE_FILE: file,
  EXTERNAL_TLS_MIN_VERSION: version,
} as const;
