import "server-only";
import { createHash, createPrivateKey, X509Certificate } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { createSecureContext } from "node:tls";
import { AppError } from "#foundation/core/errors";
import type { CertificateFiles, NamedFile } from "#foundation/platform/tls/plan";
import { toContextOptions } from "#foundation/platform/tls/context-options";
import type { TlsVersion } from "#foundation/platform/tls-settings";
import { errorCode } from "#foundation/core/error-code";

/** A certificate that can be served: it was read, it belongs to its key, and the TLS library accepts both. */
export type Certificate = {
  readonly pem: Buffer;
  readonly key: Buffer;
  readonly passphrase: string | undefined;
  readonly validFrom: Date;
  readonly validTo: Date;
  readonly fingerprint: string;
};

/** The current content of the files. Two reads with the same digest saw the same content. */
export type Look = { readonly digest: string } & (
  | { readonly kind: "good"; readonly certificate: Certificate }
  | { readonly kind: "bad"; readonly problem: string }
);

/** A chain with its key takes a few kilobytes; a larger file is something else. */
const MAX_FILE_BYTES = 1024 * 1024;
const DAMAGED = "contains a damaged or incomplete certificate";
const BEGIN_CERTIFICATE = "-----BEGIN CERTIFICATE-----";
const PEM_CERTIFICATES = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/**
 * Reads the files of a certificate, which must work with every one of these TLS versions. Never throws because of their
 * content.
 */
export async function readCertificate(
  files: CertificateFiles,
  minVersions: readonly TlsVersion[],
): Promise<Look> {
  try {
    const pem = await read(files.certificate);
    const key = await read(files.key);
    const passphrase = files.passphrase === null ? undefined : await read(files.passphrase);
    const certificate = toCertificate(files, {
      pem,
      key,
      // Editors end a file with a line break, which is not part of the passphrase.
      passphrase: passphrase?.toString("utf8").replace(/\r?\n$/, ""),
    });
    minVersions.forEach((minVersion) => {
      requireUsable(files, certificate, minVersion);
    });
    return { kind: "good", digest: digestOf([pem, key, passphrase ?? ""]), certificate };
  } catch (error) {
    if (!(error instanceof AppError)) {
      throw error;
    }
    return { kind: "bad", digest: digestOf([error.message]), problem: error.message };
  }
}

async function read(file: NamedFile): Promise<Buffer> {
  const { path } = file;
  const content = await readRegular(path).catch((error: unknown) => {
    throw refusal(
      file,
      `cannot be read (${errorCode(error) ?? "unknown"}): correct the path, or its permissions`,
      error,
    );
  });
  if (content === null) {
    throw refusal(file, "is not a regular file of at most 1 MiB");
  }
  return content;
}

async function readRegular(path: string): Promise<Buffer | null> {
  const { size, isRegular } = await stat(path).then((stats) => ({
    size: stats.size,
    isRegular: stats.isFile(),
  }));
  return isRegular && size <= MAX_FILE_BYTES ? readFile(path) : null;
}

type Contents = Pick<Certificate, "pem" | "key" | "passphrase">;

function toCertificate(files: CertificateFiles, contents: Contents): Certificate {
  const leaf = readChain(files.certificate, contents.pem);
  const key = readKey(files, contents);
  if (!leaf.checkPrivateKey(key)) {
    const { setting, path } = files.certificate;
    throw refusal(
      files.key,
      `does not belong to the first certificate in ${path} (${setting}): name the two that were issued together, the server's own certificate before those of its authorities`,
    );
  }
  return {
    ...contents,
    validFrom: leaf.validFromDate,
    validTo: leaf.validToDate,
    fingerprint: leaf.fingerprint256,
  };
}

/**
 * The server's own certificate. Those of its authorities must be readable too, because an incomplete chain is useless.
 */
function readChain(file: NamedFile, pem: Buffer): X509Certificate {
  const text = pem.toString("latin1");
  const begun = text.split(BEGIN_CERTIFICATE).length - 1;
  const whole = text.match(PEM_CERTIFICATES) ?? [];
  try {
    const [leaf] = whole.map((certificate) => new X509Certificate(certificate));
    if (leaf !== undefined && begun === whole.length) {
      return leaf;
    }
  } catch (error) {
    throw refusal(file, DAMAGED, error);
  }
  throw refusal(file, begun === 0 ? "contains no certificate in PEM (BEGIN CERTIFICATE)" : DAMAGED);
}

function readKey(files: CertificateFiles, { key, passphrase }: Contents): KeyObject {
  try {
    return createPrivateKey({
      key,
      format: "pem",
      ...(passphrase === undefined ? {} : { passphrase }),
    });
  } catch (error) {
    // Both formats of an encrypted key contain this word: PKCS #8 in its first line, the older format in a header.
    const isEncrypted = key.includes("ENCRYPTED");
    if (isEncrypted && files.passphrase === null) {
      const setting = files.key.setting.replace("KEY", "PASSPHRASE");
      throw refusal(
        files.key,
        `is encrypted: name a file with its passphrase in ${setting}`,
        error,
      );
    }
    if (isEncrypted && files.passphrase !== null) {
      throw refusal(files.passphrase, `does not hold the passphrase of ${files.key.path}`, error);
    }
    throw refusal(files.key, "contains no private key in PEM (BEGIN PRIVATE KEY)", error);
  }
}

/** Some certificates are intact but too weak for the TLS library, such as those with short keys. */
function requireUsable(
  files: CertificateFiles,
  certificate: Certificate,
  minVersion: TlsVersion,
): void {
  try {
    createSecureContext(toContextOptions(certificate, minVersion));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw refusal(files.certificate, `cannot be used with ${minVersion} (${reason})`, error);
  }
}

function refusal({ setting, path }: NamedFile, what: string, cause?: unknown): AppError {
  return new AppError("invalid_input", `${path} (${setting}) ${what}.`, { cause });
}

function digestOf(parts: readonly (Buffer | string)[]): string {
  const hash = createHash("sha256");
  parts.forEach((part) => hash.update(`${part.length}:`).update(part));
  return hash.digest("hex");
}
