import * as asn1js from "asn1js";

/** A member of a catalog: it identifies a file by digest, not by name. */
type CatalogDigest = { readonly algorithm: "sha1" | "sha256"; readonly hex: string };

export type TrustList = {
  /** Creation time that the catalog states. */
  readonly issuedAt: Date;
  readonly digests: readonly CatalogDigest[];
};

const CATALOG_LIST = "1.3.6.1.4.1.311.12.1.1";
const INDIRECT_DATA = "1.3.6.1.4.1.311.2.1.4";
const DIGEST_ALGORITHMS: ReadonlyMap<string, CatalogDigest["algorithm"]> = new Map([
  ["1.3.14.3.2.26", "sha1"],
  ["2.16.840.1.101.3.4.2.1", "sha256"],
]);
const ALGORITHM_BY_LENGTH: ReadonlyMap<number, CatalogDigest["algorithm"]> = new Map([
  [20, "sha1"],
  [32, "sha256"],
]);

/**
 * Reads the signed content of a catalog: a certificate trust list ([MS-CAESO] 2, `CertificateTrustList`)
 * whose usage is "catalog list". Null for anything else.
 *
 *     SEQUENCE { version?, usage SEQUENCE OF OID, listIdentifier?, number?, thisUpdate, nextUpdate?,
 *                subjectAlgorithm, subjects SEQUENCE OF SEQUENCE { identifier, attributes SET }?, … }
 */
export function readTrustList(content: asn1js.BaseBlock): TrustList | null {
  const parts = childrenOf(content);
  const [usage, , subjects] = parts.filter((part) => part instanceof asn1js.Sequence);
  // In this library `GeneralizedTime` is a subclass of `UTCTime`.
  const issued = parts.find((part) => part instanceof asn1js.UTCTime);
  if (usage === undefined || issued === undefined) {
    return null;
  }
  const isCatalogList = childrenOf(usage).some((part) => oidOf(part) === CATALOG_LIST);
  return isCatalogList
    ? { issuedAt: issued.toDate(), digests: childrenOf(subjects).flatMap(digestsOf) }
    : null;
}

/** The digest in the member's indirect data or, if it has none, an identifier that is a digest. */
function digestsOf(subject: asn1js.BaseBlock): readonly CatalogDigest[] {
  const [identifier, attributes] = childrenOf(subject);
  const digests = childrenOf(attributes)
    .filter((attribute) => oidOf(childrenOf(attribute)[0]) === INDIRECT_DATA)
    .flatMap((attribute) => childrenOf(childrenOf(attribute)[1]))
    .flatMap(indirectDigest);
  return digests.length > 0 ? digests : identifierDigest(identifier);
}

/** `SpcIndirectDataContent ::= SEQUENCE { data, SEQUENCE { AlgorithmIdentifier, OCTET STRING } }` */
function indirectDigest(indirectData: asn1js.BaseBlock): readonly CatalogDigest[] {
  const [algorithmIdentifier, digest] = childrenOf(childrenOf(indirectData)[1]);
  const oid = oidOf(childrenOf(algorithmIdentifier)[0]);
  const algorithm = oid === null ? undefined : DIGEST_ALGORITHMS.get(oid);
  return algorithm === undefined || !(digest instanceof asn1js.OctetString)
    ? []
    : [{ algorithm, hex: toHex(digest) }];
}

function identifierDigest(identifier: asn1js.BaseBlock | undefined): readonly CatalogDigest[] {
  if (!(identifier instanceof asn1js.OctetString)) {
    return [];
  }
  const hex = toHex(identifier);
  const algorithm = ALGORITHM_BY_LENGTH.get(hex.length / 2);
  return algorithm === undefined ? [] : [{ algorithm, hex }];
}

function childrenOf(block: asn1js.BaseBlock | undefined): readonly asn1js.BaseBlock[] {
  return block instanceof asn1js.Constructed ||
    block instanceof asn1js.Sequence ||
    block instanceof asn1js.Set
    ? block.valueBlock.value
    : [];
}

function oidOf(block: asn1js.BaseBlock | undefined): string | null {
  return block instanceof asn1js.ObjectIdentifier ? block.getValue() : null;
}

function toHex(block: asn1js.OctetString): string {
  return [...new Uint8Array(block.getValue())]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
