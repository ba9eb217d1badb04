import { Integer, Utf8String } from "asn1js";
import {
  AttributeTypeAndValue,
  BasicConstraints,
  Certificate,
  Extension,
  GeneralName,
  GeneralNames,
} from "pkijs";

const COMMON_NAME = "2.5.4.3";
const BASIC_CONSTRAINTS = "2.5.29.19";
const ALTERNATIVE_NAMES = "2.5.29.17";
const DNS_NAME = 2;
const DAY_MS = 24 * 60 * 60 * 1000;
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" } as const;

export type Issued = {
  readonly commonName: string;
  readonly keys: CryptoKeyPair;
  readonly certificatePem: string;
  readonly keyPem: string;
};

type CertificateOptions = {
  readonly commonName: string;
  /** Null makes the certificate self-signed. */
  readonly issuer: Issued | null;
  readonly isAuthority?: boolean;
  readonly names?: readonly string[];
  /** From and to, in days from now. */
  readonly validDays?: readonly [number, number];
};

let serial = 1;

/** Issues a certificate from the options, valid or not. */
export async function issueCertificate({
  commonName,
  issuer,
  isAuthority = false,
  names = [],
  validDays = [-1, 90],
}: CertificateOptions): Promise<Issued> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const certificate = new Certificate();
  const [fromDays, toDays] = validDays;
  serial += 1;
  certificate.version = 2;
  certificate.serialNumber = new Integer({ value: serial });
  certificate.subject.typesAndValues.push(named(commonName));
  certificate.issuer.typesAndValues.push(named(issuer?.commonName ?? commonName));
  certificate.notBefore.value = new Date(Date.now() + fromDays * DAY_MS);
  certificate.notAfter.value = new Date(Date.now() + toDays * DAY_MS);
  certificate.extensions = [
    new Extension({
      extnID: BASIC_CONSTRAINTS,
      critical: true,
      extnValue: new BasicConstraints({ cA: isAuthority }).toSchema().toBER(false),
    }),
    ...(names.length === 0 ? [] : [alternativeNames(names)]),
  ];
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
  await certificate.sign((issuer?.keys ?? keys).privateKey, "SHA-256");
  const keyBytes = await crypto.subtle.exportKey("pkcs8", keys.privateKey);
  return {
    commonName,
    keys,
    certificatePem: toPem("CERTIFICATE", certificate.toSchema(true).toBER(false)),
    keyPem: toPem("PRIVATE KEY", keyBytes),
  };
}

function named(commonName: string): AttributeTypeAndValue {
  return new AttributeTypeAndValue({
    type: COMMON_NAME,
    value: new Utf8String({ value: commonName }),
  });
}

function alternativeNames(names: readonly string[]): Extension {
  const value = new GeneralNames({
    names: names.map((name) => new GeneralName({ type: DNS_NAME, value: name })),
  });
  return new Extension({ extnID: ALTERNATIVE_NAMES, extnValue: value.toSchema().toBER(false) });
}

function toPem(label: string, bytes: ArrayBuffer): string {
  const lines =
    Buffer.from(bytes)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
