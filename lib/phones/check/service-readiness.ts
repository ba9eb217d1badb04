/** What is known about the parts of the service. Null: unknown, because the database is away. */
export type ServiceFacts = {
  /** `unwritable`: it answers, but checks cannot be recorded, as when its disk is full. */
  readonly database: "ok" | "unwritable" | "away";
  /** Age of the last confirmation of the rules in memory; null before the first load. */
  readonly rulesAgeSeconds: number | null;
  readonly content: "ok" | "unwritable" | "gone";
  /** How long the oldest job has waited while no job runs. */
  readonly queueDelaySeconds: number | null;
  /** The worst of the certificates in use; null without TLS. */
  readonly certificate: CertificateWord | null;
  readonly freeBytes: number;
  /** The free space below which logs and lines of the check log are not written. */
  readonly lowBytes: number;
  /** Files that rules hold but that cannot be served. */
  readonly faultyFiles: number;
};

/** From best to worst. */
export const CERTIFICATE_WORDS = ["ok", "expires_soon", "not_yet_valid", "expired"] as const;
export type CertificateWord = (typeof CERTIFICATE_WORDS)[number];

/** `degraded`: phones are served, but a person should look. `failed`: phones cannot be served correctly. */
export type PartLevel = "ok" | "degraded" | "failed";

export type ServicePart = {
  readonly name: string;
  readonly level: PartLevel;
  readonly word: string;
};

export type ServiceReadiness = {
  readonly status: "ready" | "degraded" | "unready";
  readonly parts: readonly ServicePart[];
};

/** Four periodic confirmations (one every 30 seconds) are missing: the rules may be out of date. */
export const STALE_AFTER_SECONDS = 120;
const LATE_AFTER_SECONDS = 300;

/** Decides whether this process can serve phones correctly, with one word for each part. */
export function judgeReadiness(facts: ServiceFacts): ServiceReadiness {
  const parts = [
    // Phones inside are answered from memory until the rules become stale.
    part("database", facts.database, { unwritable: "degraded", away: "degraded" }),
    part("rules", rulesWord(facts.rulesAgeSeconds), { missing: "failed", stale: "failed" }),
    part("content", facts.content, { unwritable: "degraded", gone: "failed" }),
    part("queue", queueWord(facts.queueDelaySeconds), { late: "degraded", unknown: "degraded" }),
    part("certificate", facts.certificate ?? "none", {
      expires_soon: "degraded",
      not_yet_valid: "failed",
      expired: "failed",
    }),
    part("disk", facts.freeBytes < facts.lowBytes ? "low" : "ok", { low: "degraded" }),
    // Not `failed`: a load balancer would take every server out of service because of one file.
    part("images", facts.faultyFiles === 0 ? "ok" : "faulty", { faulty: "degraded" }),
  ];
  return { status: statusOf(parts), parts };
}

function part(
  name: string,
  word: string,
  levels: Readonly<Record<string, PartLevel>>,
): ServicePart {
  return { name, word, level: levels[word] ?? "ok" };
}

function rulesWord(ageSeconds: number | null): string {
  if (ageSeconds === null) {
    return "missing";
  }
  return ageSeconds > STALE_AFTER_SECONDS ? "stale" : "ok";
}

function queueWord(delaySeconds: number | null): string {
  if (delaySeconds === null) {
    return "unknown";
  }
  return delaySeconds > LATE_AFTER_SECONDS ? "late" : "ok";
}

function statusOf(parts: readonly ServicePart[]): ServiceReadiness["status"] {
  if (parts.some(({ level }) => level === "failed")) {
    return "unready";
  }
  return parts.some(({ level }) => level === "degraded") ? "degraded" : "ready";
}
