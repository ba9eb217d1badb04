import "server-only";
import { AppError } from "#foundation/core/errors";
import { repeatTask } from "#foundation/platform/repeat-task";
import { log } from "#foundation/platform/log";
import { judgeExpiry } from "#foundation/platform/tls/expiry";
import type { Certificate } from "#foundation/platform/tls/read-certificate";
import { readCertificate } from "#foundation/platform/tls/read-certificate";
import type { CertificateFiles } from "#foundation/platform/tls/plan";
import type { TlsVersion } from "#foundation/platform/tls-settings";
import { DAY_MS } from "#foundation/core/time";

export type WatchedCertificate = {
  readonly current: () => Certificate;
  /** Calls the function each time another certificate replaces the current one. */
  readonly onRenewal: (take: (certificate: Certificate) => void) => void;
  readonly stop: () => Promise<void>;
};

export type CertificateSource = {
  readonly files: CertificateFiles;
  readonly minVersions: readonly TlsVersion[];
  /** Whether this process logs renewals, faults and expiry: one of the processes that read the same files. */
  readonly isReporting: boolean;
};

const LOOK_EVERY_MS = 2_000;
const REMIND_EVERY_MS = DAY_MS;

/**
 * Keeps a certificate up to date with its files, by their content: renewals rename, swap links or write in place, on
 * local and on other disks, and the system does not report all of these changes. A change counts once two consecutive
 * reads agree, so half a chain, or a key that arrives a moment after its certificate, is neither served nor reported.
 * If the new files cannot be used, the old certificate stays.
 *
 * Throws `invalid_input` with an explanation if the first certificate cannot be used.
 */
export async function watchCertificate(source: CertificateSource): Promise<WatchedCertificate> {
  const first = await readCertificate(source.files, source.minVersions);
  if (first.kind === "bad") {
    throw new AppError("invalid_input", first.problem);
  }
  let current = first.certificate;
  let seen = first.digest;
  let settled = first.digest;
  const takers: ((certificate: Certificate) => void)[] = [];
  const remind = reminder(source.files);

  async function look(): Promise<void> {
    const { digest, ...found } = await readCertificate(source.files, source.minVersions);
    const hasChanged = digest === seen && digest !== settled;
    seen = digest;
    if (hasChanged) {
      settled = digest;
      take(found.kind === "good" ? found.certificate : found.problem);
    }
    if (source.isReporting) {
      remind(current, new Date());
    }
  }

  function take(found: Certificate | string): void {
    if (typeof found === "string") {
      if (source.isReporting) {
        log().warn(`${found} The previous certificate stays in use.`);
      }
      return;
    }
    current = found;
    takers.forEach((taker) => {
      taker(found);
    });
    if (source.isReporting) {
      const { fingerprint, validTo } = found;
      log().info({ fingerprint, validTo }, "new connections get the new certificate");
    }
  }

  const looking = repeatTask(LOOK_EVERY_MS, "read the TLS certificate", look);
  return {
    current: () => current,
    onRenewal: (taker) => takers.push(taker),
    stop: looking.stop,
  };
}

const REMINDERS = {
  expires_soon: "expires soon: renew it",
  expired: "has expired: renew it",
  not_yet_valid: "is not valid yet: check the clock and the certificate",
} as const;

/** Warns once a day about a certificate that needs attention; another certificate is reported anew. */
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
