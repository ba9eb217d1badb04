import { DEFAULT_CIPHERS } from "node:tls";
import type { SecureContextOptions } from "node:tls";
import type { TlsVersion } from "#foundation/platform/tls-settings";

type Material = {
  readonly pem: Buffer;
  readonly key: Buffer;
  readonly passphrase: string | undefined;
};

/**
 * OpenSSL 3 signs TLS 1.0 and 1.1 handshakes (MD5 with SHA-1) only at this level, and accepts SHA-1 certificates there.
 */
const OLD_CIPHERS = `${DEFAULT_CIPHERS}:@SECLEVEL=0`;

const CIPHERS = {
  TLSv1: OLD_CIPHERS,
  "TLSv1.1": OLD_CIPHERS,
  "TLSv1.2": DEFAULT_CIPHERS,
  "TLSv1.3": DEFAULT_CIPHERS,
} as const satisfies Record<TlsVersion, string>;

/** All TLS options of a listener. An option that is left out would fall back to its default at the next renewal. */
export function toContextOptions(
  { pem, key, passphrase }: Material,
  minVersion: TlsVersion,
): SecureContextOptions {
  return {
    cert: pem,
    key,
    ...(passphrase === undefined ? {} : { passphrase }),
    minVersion,
    ciphers: CIPHERS[minVersion],
    honorCipherOrder: true,
  };
}
