import * as pkijs from "pkijs";
import { toShownName } from "#formats/cab/cab-error";
import type { SignedCatalog } from "#formats/cab/catalog/signed-catalog";

type CatalogTrust = "trusted" | "untrusted" | "not_checked";

export type CatalogSignature = {
  /** Name of the owner in the certificate; null when it cannot be read. */
  readonly signer: string | null;
  /** Whether the signature matches content and certificate, regardless of trust in the signer. */
  readonly isValid: boolean;
  readonly trust: CatalogTrust;
};

const COMMON_NAME = "2.5.4.3";
const ORGANIZATION = "2.5.4.10";
const EXTENDED_KEY_USAGE = "2.5.29.37";
const CODE_SIGNING = "1.3.6.1.5.5.7.3.3";

/**
 * Verifies the signature of a catalog. Only the given roots are trusted, never certificates in the catalog.
 * Validity is checked at the creation time that the catalog states, because firmware is used for longer than
 * its signing certificate is valid.
 */
export async function verifySignature(
  catalog: SignedCatalog,
  trustRoots: readonly pkijs.Certificate[],
): Promise<CatalogSignature> {
  const { signatureVerified, signerCertificate } = await verify(catalog.signed, {});
  const isValid = signatureVerified === true;
  return {
    signer: signerCertificate ? nameOf(signerCertificate) : null,
    isValid,
    trust: trustRoots.length === 0 ? "not_checked" : await checkTrust(catalog, trustRoots),
  };
}

async function checkTrust(
  { signed, trustList }: SignedCatalog,
  trustRoots: readonly pkijs.Certificate[],
): Promise<CatalogTrust> {
  const { signatureVerified, signerCertificate, signerCertificateVerified } = await verify(signed, {
    checkChain: true,
    trustedCerts: [...trustRoots],
    checkDate: trustList.issuedAt,
    // No revocation list is available in a closed network or for a certificate that is ten years old.
    passedWhenNotRevValues: true,
  });
  const isTrusted =
    signatureVerified === true &&
    signerCertificateVerified === true &&
    signerCertificate instanceof pkijs.Certificate &&
    maySignCode(signerCertificate);
  return isTrusted ? "trusted" : "untrusted";
}

type VerifyOutcome = {
  readonly signatureVerified?: boolean | null;
  readonly signerCertificate?: pkijs.Certificate | null;
  readonly signerCertificateVerified?: boolean | null;
};

async function verify(
  signed: pkijs.SignedData,
  chain: Omit<pkijs.SignedDataVerifyParams, "signer" | "extendedMode">,
): Promise<VerifyOutcome> {
  try {
    return await signed.verify({ ...chain, signer: 0, extendedMode: true });
  } catch (error) {
    if (error instanceof pkijs.SignedDataVerifyError) {
      return { signatureVerified: false, signerCertificate: error.signerCertificate };
    }
    throw error;
  }
}

function maySignCode(certificate: pkijs.Certificate): boolean {
  const usage: unknown = certificate.extensions?.find(
    ({ extnID }) => extnID === EXTENDED_KEY_USAGE,
  )?.parsedValue;
  return usage instanceof pkijs.ExtKeyUsage && usage.keyPurposes.includes(CODE_SIGNING);
}

function nameOf({ subject }: pkijs.Certificate): string | null {
  const named = [COMMON_NAME, ORGANIZATION]
    .map((type) => subject.typesAndValues.find((attribute) => attribute.type === type))
    .find((attribute) => attribute !== undefined);
  const name: unknown = named?.value.valueBlock.value;
  return typeof name === "string" && name !== "" ? toShownName(name) : null;
}
