import * as pkijs from "pkijs";
import { toShownName } from "#formats/cab/cab-error";
import type { SignedCatalog } from "#formats/cab/catalog/signed-catalog";

type CatalogTrust = "trusted" | "untrusted" | "not_checked";

export type CatalogSignature = {
  /** As the certificate calls its owner; null where it cannot be told. */
  readonly signer: string | null;
  /** Whether the signature fits content and certificate, whoever that is. */
  readonly isValid: boolean;
  readonly trust: CatalogTrust;
};

const COMMON_NAME = "2.5.4.3";
const ORGANIZATION = "2.5.4.10";
const EXTENDED_KEY_USAGE = "2.5.29.37";
const CODE_SIGNING = "1.3.6.1.5.5.7.3.3";

/**
 * Verifies who signed a catalog. Trust is checked only against the roots given, never against the
 * certificates a catalog brings along, and as of the day the catalog says it was made: firmware is used
 * for longer than the certificates that signed it are valid.
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
    // Nobody publishes revocations for a closed network, or for a certificate of ten years ago.
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
