import "server-only";
import { AppError } from "#foundation/core/errors";
import { every } from "#foundation/platform/every";
import { log } from "#foundation/platform/log";
import { judgeExpiry } from "#foundation/platform/tls/expiry";
import type { Certificate } from "#foundation/platform/tls/look-at-certificate";
import { lookAtCertificate } from "#foundation/platform/tls/look-at-certificate";
import type { CertificateFiles } from "#foundation/platform/tls/plan";
import type { TlsVersion } from "#foundation/platform/tls-settings";
import { DAY_MS } from "#foundation/core/day";

export type KeptCertificate = {
  readonly current: () => Certificate;
  /** Told each time another certificate takes the place of the current one. */
  readonly onRenewal: (take: (certificate: Certificate) => void) => void;
  readonly stop: () => Promise<void>;
};

export type CertificateSource = {
  readonly files: CertificateFiles;
  readonly minVersions: readonly TlsVersion[];
};

const LOOK_EVERY_MS = 2_000;
const REMIND_EVERY_MS = DAY_MS;

/**
 * A certificate that is read again when its files change, by their content: renewals rename, swap links or write in
 * place, on local disks and on others, and not every one of these is announced by the system. What has changed counts
 * once two looks in a row have seen the same, so nobody is shown half a chain, nor told about a key that came a moment
 * after its certificate. Whatever cannot be used leaves the old one in place.
 *
 * Throws `invalid_input`, in a sentence, where there is nothing usable to begin with.
 */
export async function keepCertificate(source: CertificateSource): Promise<KeptCertificate> {
  const first = await lookAtCertificate(source.files, source.minVersions);
  if (first.kind === "bad") {
    throw new AppError("invalid_input", first.problem);
  }
  let current = first.certificate;
  let seen = first.digest;
  let settled = first.digest;
  const takers: ((certificate: Certificate) => void)[] = [];
  const remind = reminder(source.files);

  async function look(): Promise<void> {
    const { digest, ...found } = await lookAtCertificate(source.files, source.minVersions);
    const hasChanged = digest === seen && digest !== settled;
    seen = digest;
    if (hasChanged) {
      settled = digest;
      take(found.kind === "good" ? found.certificate : found.problem);
    }
    remind(current, new Date());
  }

  function take(found: Certificate | string): void {
    if (typeof found === "string") {
      log().warn(`${found} The certificate from before stays in use.`);
      return;
    }
    current = found;
    takers.forEach((taker) => {
      taker(found);
    });
    const { fingerprint, validTo } = found;
    log().info({ fingerprint, validTo }, "new connections get the new certificate");
  }

  const looking = every(LOOK_EVERY_MS, "look at the TLS certificate", look);
  return {
    current: () => current,
    onRenewal: (taker) => takers.push(taker),
    stop: looking.stop,
  };
}

const REMINDERS = {
  expires_soon: "expires soon: renew it",
  expired: "has expired: renew it",
  not_yet_valid: "is not valid yet: look at the clock, or at the certificate",
} as const;

/** Says once a day how a certificate stands that should not stay; another certificate is another matter. */
function reminder({ certificate: { path, setting } }: CertificateFiles) {
  let saidAt: Date | null = null;
  let saidOf = "";
  return ({ fingerprint, validFrom, validTo }: Certificate, now: Date): void => {
    const judgement = judgeExpiry({ validFrom, validTo }, now);
    const isSaid =
      saidOf === fingerprint &&
      saidAt !== null &&
      now.getTime() - saidAt.getTime() < REMIND_EVERY_MS;
    if (judgement === "valid" || isSaid) {
      return;
    }
    saidAt = now;
    saidOf = fingerprint;
    log().warn(
      { validFrom, validTo },
      `The certificate in ${path} (${setting}) ${REMINDERS[judgement]}.`,
    );
  };
}
