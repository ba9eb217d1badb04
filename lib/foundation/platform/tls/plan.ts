import { AppError } from "#foundation/core/errors";
import type { TlsVersion } from "#foundation/platform/tls-settings";

/** A file and the setting that names it; error messages name both. */
export type NamedFile = { readonly setting: string; readonly path: string };

export type CertificateFiles = {
  readonly certificate: NamedFile;
  readonly key: NamedFile;
  readonly passphrase: NamedFile | null;
};

export type SidePlan = {
  readonly files: CertificateFiles;
  readonly minVersion: TlsVersion;
};

/** The TLS configuration of each side; null for plain HTTP only. */
export type TlsPlan = {
  readonly internal: (SidePlan & { readonly port: number }) | null;
  readonly external: SidePlan | null;
};

type Prefix = "" | "EXTERNAL_";
type FileSetting = `${Prefix}TLS_${"CERTIFICATE" | "KEY" | "PASSPHRASE"}_FILE`;

export type TlsSettings = Readonly<Partial<Record<FileSetting, string | undefined>>> & {
  readonly EXTERNAL_PORT?: number | undefined;
  readonly TLS_PORT?: number | undefined;
  readonly TLS_MIN_VERSION: TlsVersion;
  readonly EXTERNAL_TLS_MIN_VERSION?: TlsVersion | undefined;
};

const DEFAULT_TLS_PORT = 3443;

/** Derives the TLS configuration from the settings. Throws `invalid_input` if they contradict each other. */
export function planTls(settings: TlsSettings): TlsPlan {
  const files = filesOf(settings, "");
  return {
    internal: planInternal(settings, files),
    external: planExternal(settings, files),
  };
}

function planInternal(
  { TLS_PORT, TLS_MIN_VERSION }: TlsSettings,
  files: CertificateFiles | null,
): TlsPlan["internal"] {
  if (files !== null) {
    return { files, minVersion: TLS_MIN_VERSION, port: TLS_PORT ?? DEFAULT_TLS_PORT };
  }
  if (TLS_PORT !== undefined) {
    throw refusal("TLS_PORT needs a certificate: set TLS_CERTIFICATE_FILE and TLS_KEY_FILE.");
  }
  return null;
}

function planExternal(settings: TlsSettings, shared: CertificateFiles | null): SidePlan | null {
  const { EXTERNAL_PORT, TLS_MIN_VERSION, EXTERNAL_TLS_MIN_VERSION } = settings;
  const own = filesOf(settings, "EXTERNAL_");
  if (own !== null && EXTERNAL_PORT === undefined) {
    throw refusal(
      "EXTERNAL_TLS_CERTIFICATE_FILE is for phones outside: set EXTERNAL_PORT as well, or unset it.",
    );
  }
  const files = own ?? shared;
  return EXTERNAL_PORT === undefined || files === null
    ? null
    : { files, minVersion: EXTERNAL_TLS_MIN_VERSION ?? TLS_MIN_VERSION };
}

function filesOf(settings: TlsSettings, prefix: Prefix): CertificateFiles | null {
  const certificate = namedFile(settings, `${prefix}TLS_CERTIFICATE_FILE`);
  const key = namedFile(settings, `${prefix}TLS_KEY_FILE`);
  const passphrase = namedFile(settings, `${prefix}TLS_PASSPHRASE_FILE`);
  if (certificate !== null && key !== null) {
    return { certificate, key, passphrase };
  }
  const [lonely] = [certificate, key, passphrase].filter((named) => named !== null);
  if (lonely !== undefined) {
    throw refusal(
      `${lonely.setting} is not enough: set ${prefix}TLS_CERTIFICATE_FILE and ${prefix}TLS_KEY_FILE, or neither.`,
    );
  }
  return null;
}

function namedFile(settings: TlsSettings, setting: FileSetting): NamedFile | null {
  const path = settings[setting];
  return path === undefined ? null : { setting, path };
}

function refusal(sentence: string): AppError {
  return new AppError("invalid_input", sentence);
}
