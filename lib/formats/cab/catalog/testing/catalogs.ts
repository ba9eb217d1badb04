import * as asn1js from "asn1js";
import * as pkijs from "pkijs";

/** Builds catalogs as the tools of a vendor do, with newly generated keys. */

export type Signer = {
  readonly certificate: pkijs.Certificate;
  readonly keys: CryptoKeyPair;
};

type SignerOptions = {
  readonly commonName: string;
  readonly issuer?: Signer;
  readonly isAuthority?: boolean;
  readonly keyPurposes?: readonly string[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
};

type CatalogOptions = {
  readonly signer: Signer;
  /** Hex digests of the members; the length determines the algorithm. */
  readonly digests: readonly string[];
  readonly issuedAt?: Date;
  readonly isWrapped?: boolean;
  readonly usage?: string;
  /** Whether members carry their digest only as the identifier, which catalogs of version 2 allow. */
  readonly isIdentifierOnly?: boolean;
};

const CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
const RSA = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

export async function aSigner(options: SignerOptions): Promise<Signer> {
  const keys = await crypto.subtle.generateKey(
    { ...RSA, modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) },
    true,
    ["sign", "verify"],
  );
  const certificate = toCertificate(options);
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
  await certificate.sign((options.issuer?.keys ?? keys).privateKey, "SHA-256");
  return { certificate: pkijs.Certificate.fromBER(certificate.toSchema(true).toBER()), keys };
}

function toCertificate({
  commonName,
  issuer,
  isAuthority = false,
  keyPurposes = [CODE_SIGNING],
  notBefore = new Date("2013-01-01T00:00:00Z"),
  notAfter = new Date("2014-01-01T00:00:00Z"),
}: SignerOptions): pkijs.Certificate {
  const certificate = new pkijs.Certificate();
  const [issuerName] = issuer?.certificate.subject.typesAndValues ?? [];
  certificate.version = 2;
  certificate.serialNumber = new asn1js.Integer({ value: Math.trunc(notBefore.getTime() / 1e6) });
  certificate.subject.typesAndValues.push(aCommonName(commonName));
  certificate.issuer.typesAndValues.push(issuerName ?? aCommonName(commonName));
  certificate.notBefore.value = notBefore;
  certificate.notAfter.value = notAfter;
  const usage = new pkijs.ExtKeyUsage({ keyPurposes: [...keyPurposes] });
  certificate.extensions = [
    anExtension("2.5.29.19", new pkijs.BasicConstraints({ cA: isAuthority }).toSchema()),
    ...(isAuthority ? [] : [anExtension("2.5.29.37", usage.toSchema())]),
  ];
  return certificate;
}

export async function aCatalog(options: CatalogOptions): Promise<Uint8Array> {
  const { signer, isWrapped = false } = options;
  const list = asn1js.fromBER(trustList(options).toBER()).result;
  const signedBytes = isWrapped ? list.toBER() : list.valueBlock.toBER();
  const signed = new pkijs.SignedData({
    version: 1,
    encapContentInfo: new pkijs.EncapsulatedContentInfo({ eContentType: "1.3.6.1.4.1.311.10.1" }),
    signerInfos: [
      new pkijs.SignerInfo({
        version: 1,
        sid: new pkijs.IssuerAndSerialNumber({
          issuer: signer.certificate.issuer,
          serialNumber: signer.certificate.serialNumber,
        }),
        signedAttrs: await signedAttributes(signedBytes),
      }),
    ],
    certificates: [signer.certificate],
  });
  Object.assign(signed.encapContentInfo, {
    eContent: isWrapped ? new asn1js.OctetString({ valueHex: list.toBER() }) : list,
  });
  await signed.sign(signer.keys.privateKey, 0, "SHA-256", signedBytes);
  const contentInfo = new pkijs.ContentInfo({
    contentType: pkijs.ContentInfo.SIGNED_DATA,
    content: signed.toSchema(true),
  });
  return new Uint8Array(contentInfo.toSchema().toBER());
}

async function signedAttributes(content: ArrayBuffer): Promise<pkijs.SignedAndUnsignedAttributes> {
  const digest = await crypto.subtle.digest("SHA-256", content);
  return new pkijs.SignedAndUnsignedAttributes({
    type: 0,
    attributes: [
      new pkijs.Attribute({
        type: "1.2.840.113549.1.9.3",
        values: [new asn1js.ObjectIdentifier({ value: "1.3.6.1.4.1.311.10.1" })],
      }),
      new pkijs.Attribute({
        type: "1.2.840.113549.1.9.4",
        values: [new asn1js.OctetString({ valueHex: digest })],
      }),
    ],
  });
}

function trustList({
  digests,
  issuedAt = new Date("2013-04-10T00:00:00Z"),
  usage = "1.3.6.1.4.1.311.12.1.1",
  isIdentifierOnly = false,
}: CatalogOptions): asn1js.Sequence {
  return sequence(
    sequence(oid(usage)),
    octets("0123456789abcdef0123456789abcdef"),
    new asn1js.UTCTime({ valueDate: issuedAt }),
    sequence(oid("1.3.6.1.4.1.311.12.1.2"), new asn1js.Null()),
    sequence(...digests.map((digest) => subject(digest, isIdentifierOnly))),
  );
}

function subject(digest: string, isIdentifierOnly: boolean): asn1js.Sequence {
  const algorithm = digest.length === 40 ? "1.3.14.3.2.26" : "2.16.840.1.101.3.4.2.1";
  const indirectData = sequence(
    sequence(oid("1.3.6.1.4.1.311.2.1.25")),
    sequence(sequence(oid(algorithm), new asn1js.Null()), octets(digest)),
  );
  const attribute = sequence(
    oid("1.3.6.1.4.1.311.2.1.4"),
    new asn1js.Set({ value: [indirectData] }),
  );
  // In version 1 the identifier is usually the hex digest in UTF-16.
  const tag = Buffer.from(digest.toUpperCase(), "utf16le").toString("hex");
  return isIdentifierOnly
    ? sequence(octets(digest))
    : sequence(octets(tag), new asn1js.Set({ value: [attribute] }));
}

function aCommonName(value: string): pkijs.AttributeTypeAndValue {
  return new pkijs.AttributeTypeAndValue({
    type: "2.5.4.3",
    value: new asn1js.Utf8String({ value }),
  });
}

function anExtension(extnID: string, value: asn1js.BaseBlock): pkijs.Extension {
  return new pkijs.Extension({ extnID, critical: false, extnValue: value.toBER() });
}

function sequence(...value: asn1js.BaseBlock[]): asn1js.Sequence {
  return new asn1js.Sequence({ value });
}

function oid(value: string): asn1js.ObjectIdentifier {
  return new asn1js.ObjectIdentifier({ value });
}

function octets(hex: string): asn1js.OctetString {
  return new asn1js.OctetString({ valueHex: Uint8Array.from(Buffer.from(hex, "hex")).buffer });
}
