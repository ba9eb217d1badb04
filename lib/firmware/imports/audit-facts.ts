import type { AuditAction, AuditFact, AuditValue } from "#foundation/audit/model";
import type { ImportAnswers, ImportFacts, ImportReport } from "#firmware/imports/model";

type NamedImport = Pick<ImportFacts, "id" | "fileName">;

export function importStarted(
  job: ImportFacts,
  pools: readonly { readonly fqdn: string }[],
): AuditFact {
  const facts = {
    sha256: job.sha256,
    sizeBytes: job.sizeBytes,
    pools: pools.map(({ fqdn }) => fqdn),
    notes: job.notes,
  };
  return { ...factOf(job, "import.started", facts), ...reasonOf(job.answers) };
}

/** The answers to a question: the details of images, or the reason why a catalog mismatch is accepted. */
export function importDescribed(job: NamedImport, answers: ImportAnswers): AuditFact {
  const facts = {
    images: answers.details.map(
      ({ path, brand, model, version }) => `${path}: ${brand} ${model} ${version}`,
    ),
    leftOut: answers.leftOut,
    acceptsMismatch: answers.mismatchReason !== null,
  };
  return { ...factOf(job, "import.described", facts), ...reasonOf(answers) };
}

export function importSucceeded(job: NamedImport, { rules }: ImportReport): AuditFact {
  const count = (outcome: string) => rules.filter((rule) => rule.outcome === outcome).length;
  return factOf(job, "import.succeeded", {
    created: count("created"),
    pending: count("pending"),
    repaired: count("repaired"),
    unchanged: count("unchanged"),
    downgrades: rules.filter((rule) => rule.isDowngrade).length,
  });
}

export function importFailed(job: NamedImport, error: string): AuditFact {
  return factOf(job, "import.failed", { error });
}

export function importCancelled(job: NamedImport): AuditFact {
  return factOf(job, "import.cancelled", {});
}

function factOf(
  { id, fileName }: NamedImport,
  action: AuditAction,
  facts: Readonly<Record<string, AuditValue>>,
): AuditFact {
  return { action, subject: { kind: "import", id, name: fileName }, facts };
}

function reasonOf({ mismatchReason }: ImportAnswers): { readonly reason?: string } {
  return mismatchReason === null ? {} : { reason: mismatchReason };
}
