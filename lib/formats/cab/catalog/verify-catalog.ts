import * as pkijs from "pkijs";
import { readSignedCatalog } from "#formats/cab/catalog/signed-catalog";
import { verifySignature } from "#formats/cab/catalog/verify-signature";
import type { CatalogSignature } from "#formats/cab/catalog/verify-signature";

/** Hex digests of the image's content, computed while it was unpacked. */
type ImageDigests = { readonly sha1: string; readonly sha256: string };

export type CatalogCheck =
  | { readonly verdict: "no_catalog" }
  | {
      readonly verdict: "unreadable_catalog";
      readonly signature: CatalogSignature | null;
      readonly problem: string;
    }
  | { readonly verdict: "verified" | "not_in_catalog"; readonly signature: CatalogSignature };

/**
 * Verifies that a security catalog lists the digest of an image and that its signature is valid. A catalog that
 * is damaged, was changed after signing, or has a signer without a chain to the given roots counts as
 * unreadable. Without roots, trust is not checked, and the result says so.
 */
export async function verifyCatalog(
  catalog: Uint8Array | null,
  image: ImageDigests,
  trustRoots: readonly pkijs.Certificate[] = [],
): Promise<CatalogCheck> {
  if (catalog === null) {
    return { verdict: "no_catalog" };
  }
  const signed = readSignedCatalog(catalog);
  if (signed === null) {
    return unreadable(null, "It is not a signed catalog.");
  }
  const signature = await verifySignature(signed, trustRoots);
  if (!signature.isValid) {
    return unreadable(signature, "Its signature does not match its content.");
  }
  if (signature.trust === "untrusted") {
    return unreadable(signature, "Its signer has no chain to a trusted root certificate.");
  }
  const isListed = signed.trustList.digests.some(
    ({ algorithm, hex }) => hex === image[algorithm].toLowerCase(),
  );
  return { verdict: isListed ? "verified" : "not_in_catalog", signature };
}

/** Reads a trusted root certificate from DER; null when it is not a certificate. */
export function readTrustRoot(der: Uint8Array): pkijs.Certificate | null {
  try {
    return pkijs.Certificate.fromBER(new Uint8Array(der));
  } catch {
    return null;
  }
}

function unreadable(signature: CatalogSignature | null, problem: string): CatalogCheck {
  return { verdict: "unreadable_catalog", signature, problem };
}
