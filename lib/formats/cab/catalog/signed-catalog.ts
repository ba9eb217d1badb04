import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { readTrustList } from "#formats/cab/catalog/trust-list";
import type { TrustList } from "#formats/cab/catalog/trust-list";

export type SignedCatalog = { readonly signed: pkijs.SignedData; readonly trustList: TrustList };

/** Content type of Microsoft's certificate trust lists. */
const TRUST_LIST_CONTENT = "1.3.6.1.4.1.311.10.1";
const MAX_CATALOG_BYTES = 16 * 1024 * 1024;
/** Enough for about ten thousand members, which is more than the catalog of one package has. */
const PARSE_LIMITS = { maxDepth: 64, maxNodes: 200_000 };

/** Reads a `.cat` file: PKCS #7 signed data over a certificate trust list. Null when it is not one. */
export function readSignedCatalog(bytes: Uint8Array): SignedCatalog | null {
  if (bytes.length === 0 || bytes.length > MAX_CATALOG_BYTES) {
    return null;
  }
  try {
    const parsed = asn1js.fromBER(bytes, PARSE_LIMITS);
    const contentInfo = new pkijs.ContentInfo({ schema: parsed.result });
    if (parsed.offset === -1 || contentInfo.contentType !== pkijs.ContentInfo.SIGNED_DATA) {
      return null;
    }
    const signed = new pkijs.SignedData({ schema: contentInfo.content });
    const content = contentOf(signed);
    const trustList = content === null ? null : readTrustList(content);
    return trustList === null ? null : { signed, trustList };
  } catch {
    // The libraries throw many kinds of errors on other bytes; all of them mean "not a catalog".
    return null;
  }
}

/** PKCS #7 stores the list directly; newer CMS writers wrap it in an octet string. */
function contentOf({ encapContentInfo }: pkijs.SignedData): asn1js.BaseBlock | null {
  const content: unknown = encapContentInfo.eContent;
  if (encapContentInfo.eContentType !== TRUST_LIST_CONTENT) {
    return null;
  }
  if (content instanceof asn1js.OctetString) {
    const inner = asn1js.fromBER(content.getValue(), PARSE_LIMITS);
    return inner.offset === -1 ? null : inner.result;
  }
  return content instanceof asn1js.Sequence ? content : null;
}
