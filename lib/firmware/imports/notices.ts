import type { ImportFacts, ImportReport } from "#firmware/imports/model";
import type { NoticeContent } from "#foundation/notices/schema";

type NamedImport = Pick<ImportFacts, "id" | "fileName" | "createdByName">;
type ImportNotice = NoticeContent & { readonly key: string };

export function importDoneNotice(job: NamedImport, { rules }: ImportReport): ImportNotice {
  const count = (outcome: string) => rules.filter((rule) => rule.outcome === outcome).length;
  return {
    kind: "import_done",
    key: `import_done ${job.id}`,
    facts: {
      ...toFacts(job),
      created: count("created"),
      pending: count("pending"),
      unchanged: count("unchanged"),
    },
  };
}

export function importFailedNotice(job: NamedImport, error: string): ImportNotice {
  return {
    kind: "import_failed",
    key: `import_failed ${job.id}`,
    facts: { ...toFacts(job), error },
  };
}

/** An import may ask more than once, in different attempts. */
export function importWaitingNotice(
  run: { readonly import: NamedImport; readonly attempt: number },
  question:
    | { readonly to: "needs_details"; readonly undescribed: readonly unknown[] }
    | { readonly to: "needs_confirmation"; readonly mismatched: readonly unknown[] },
): ImportNotice {
  const asked =
    question.to === "needs_details"
      ? ({ question: "details", count: question.undescribed.length } as const)
      : ({ question: "confirmation", count: question.mismatched.length } as const);
  return {
    kind: "import_waiting",
    key: `import_waiting ${run.import.id} ${run.attempt}`,
    facts: { ...toFacts(run.import), ...asked },
  };
}

function toFacts({ id, fileName, createdByName }: NamedImport) {
  return { importId: id, fileName, startedBy: createdByName };
}
