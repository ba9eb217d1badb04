import { judgeExpiry } from "#foundation/platform/tls/expiry";
import type { Finding } from "#programs/readiness/finding";
import { finding } from "#programs/readiness/finding";
import type { SeenCertificate } from "#programs/readiness/model";

/** OpenSSL's errors for a chain that ends before a known authority. */
const ENDS_EARLY = /^UNABLE_TO_(GET_ISSUER_CERT|VERIFY_LEAF_SIGNATURE)/;
const IS_ABOUT_TIME = /EXPIRED|NOT_YET_VALID/;

/** Findings that keep a phone from trusting the server's certificate for this host. */
export function judgeCertificate(
  host: string,
  certificate: SeenCertificate,
  now: Date,
): readonly Finding[] {
  return [
    ...judgeName(host, certificate),
    ...judgeTime(host, certificate, now),
    ...judgeChain(host, certificate),
  ];
}

function judgeName(host: string, { coversHost, names }: SeenCertificate): readonly Finding[] {
  return coversHost ? [] : [finding("certificate_wrong_name", host, names.join(", ") || "–")];
}

function judgeTime(
  host: string,
  { trustError, ...validity }: SeenCertificate,
  now: Date,
): readonly Finding[] {
  const judgement = trustError === "CERT_HAS_EXPIRED" ? "expired" : judgeExpiry(validity, now);
  switch (judgement) {
    case "valid":
      return [];
    case "not_yet_valid":
      return [finding("certificate_not_yet_valid", host, day(validity.validFrom))];
    case "expired":
    case "expires_soon":
      return [finding(`certificate_${judgement}`, host, day(validity.validTo))];
  }
}

function judgeChain(
  host: string,
  { trustError, chainLength }: SeenCertificate,
): readonly Finding[] {
  if (trustError === null || IS_ABOUT_TIME.test(trustError)) {
    return [];
  }
  if (trustError === "DEPTH_ZERO_SELF_SIGNED_CERT") {
    return [finding("certificate_self_signed", host, trustError)];
  }
  const isShort = ENDS_EARLY.test(trustError) && chainLength === 1;
  return [
    finding(isShort ? "certificate_incomplete" : "certificate_unknown_authority", host, trustError),
  ];
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
