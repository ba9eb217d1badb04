import "server-only";
import type { SecureContextOptions } from "node:tls";
import { oncePerProcess } from "#foundation/platform/once-per-process";
import { toContextOptions } from "#foundation/platform/tls/context-options";
import type { Validity } from "#foundation/platform/tls/expiry";
import type { WatchedCertificate } from "#foundation/platform/tls/watch-certificate";
import { watchCertificate } from "#foundation/platform/tls/watch-certificate";
import type { SidePlan, TlsPlan } from "#foundation/platform/tls/plan";

/** The certificate of a listener, and its renewals. */
export type ListenerCertificate = {
  readonly context: () => SecureContextOptions;
  readonly onRenewal: (take: (context: SecureContextOptions) => void) => void;
};

type TlsSide = "internal" | "external";

/**
 * Reads the certificates of both sides, and keeps them up to date until `running` is disposed. Throws `invalid_input`
 * if one cannot be used.
 */
export async function openCertificates(
  { internal, external }: TlsPlan,
  {
    running,
    isReporting,
  }: { readonly running: AsyncDisposableStack; readonly isReporting: boolean },
): Promise<Readonly<Record<TlsSide, ListenerCertificate | null>>> {
  const sides = [internal, external].filter((side) => side !== null);
  const keep = async ({ files }: SidePlan): Promise<WatchedCertificate> => {
    const minVersions = sides.filter((side) => side.files === files).map((side) => side.minVersion);
    const kept = await watchCertificate({ files, minVersions, isReporting });
    running.defer(kept.stop);
    return kept;
  };
  const inside = internal === null ? null : await keep(internal);
  const isShared = inside !== null && internal?.files === external?.files;
  const outside = external === null ? null : isShared ? inside : await keep(external);
  return {
    internal: forListener("internal", internal, inside),
    external: forListener("external", external, outside),
  };
}

function forListener(
  side: TlsSide,
  plan: SidePlan | null,
  kept: WatchedCertificate | null,
): ListenerCertificate | null {
  if (plan === null || kept === null) {
    return null;
  }
  validities().set(side, kept.current());
  kept.onRenewal((certificate) => validities().set(side, certificate));
  return {
    context: () => toContextOptions(kept.current(), plan.minVersion),
    onRenewal: (take) => {
      kept.onRenewal((certificate) => {
        take(toContextOptions(certificate, plan.minVersion));
      });
    },
  };
}

/** The validity of the certificates in use, by the side that serves them. */
export function certificateValidities(): ReadonlyMap<TlsSide, Validity> {
  return validities();
}

function validities(): Map<TlsSide, Validity> {
  return oncePerProcess("tls certificate validities", () => new Map<TlsSide, Validity>());
}
