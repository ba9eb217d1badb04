import { z } from "zod";
import { NOTICE_KINDS } from "#foundation/notices/model";
import type { NoticeKind } from "#foundation/notices/model";

/** So many rules and files are named in one notice; `count` has the number of all. */
export const MAX_NAMED = 20;

const count = z.int().min(0);
const instant = z.iso.datetime();
const version = z.string().nullable();

const importFacts = z.object({
  importId: z.uuid(),
  fileName: z.string(),
  /** Who started the import. */
  startedBy: z.string(),
});

const reviewedRule = z.object({
  ruleId: z.uuid(),
  brand: z.string(),
  model: z.string(),
  updateType: z.string(),
  pool: z.string(),
  /** The approved version before and after; for a rejection the rejected version and null. Null: none. */
  from: version,
  to: version,
});
export type ReviewedRuleFact = Readonly<z.infer<typeof reviewedRule>>;

/** One action on any number of rules. */
const reviewFacts = z.object({
  by: z.string(),
  reason: z.string(),
  count,
  rules: z.array(reviewedRule).max(MAX_NAMED),
});

/** A file of the content store whose content cannot be served. */
const faultyFile = z.object({
  sha256: z.string(),
  problem: z.string(),
  fileName: z.string(),
  version: z.string(),
  /** Device type, brand, model, revision, locale and update type, in lower case and separated by `/`. */
  image: z.string(),
});

const outage = z.object({
  host: z.string(),
  since: instant,
});

const endedOutage = outage.extend({ seconds: count });

/** The facts of each kind. They are stored, and are the `data` of webhooks: extend them, never change their meaning. */
export const NOTICE_FACTS = {
  import_done: importFacts.extend({ created: count, pending: count, unchanged: count }),
  import_failed: importFacts.extend({ error: z.string() }),
  import_waiting: importFacts.extend({ question: z.enum(["details", "confirmation"]), count }),
  approval: reviewFacts,
  rejection: reviewFacts,
  restore: reviewFacts,
  brake: z.object({
    rollOutId: z.string(),
    ruleId: z.uuid(),
    brand: z.string(),
    model: z.string(),
    updateType: z.string(),
    pool: z.string(),
    version: z.string(),
    /** `warned`: the roll-out goes on; `stopped`: phones that do not run the version are not offered it. */
    action: z.enum(["warned", "stopped"]),
    /** Phones that installed the version or tried to, and those of them that fell back or did not return. */
    installed: count,
    failed: count,
  }),
  phones_in_trouble: z.object({
    count,
    threshold: count,
    neverCameBack: count,
    fellBack: count,
    otherVersion: count,
  }),
  content_problem: z.object({ count, files: z.array(faultyFile).max(MAX_NAMED) }),
  certificate_ending: z.object({
    state: z.enum(["expires_soon", "expired"]),
    validTo: instant,
    host: z.string(),
    file: z.string(),
  }),
  disk_low: z.object({
    host: z.string(),
    directory: z.string(),
    freeBytes: count,
    lowBytes: count,
  }),
  database_away: outage,
  database_back: endedOutage,
  store_away: outage.extend({ store: z.string(), problem: z.enum(["unwritable", "gone"]) }),
  store_back: endedOutage.extend({ store: z.string() }),
} as const satisfies Record<NoticeKind, z.ZodType>;

export type NoticeFacts = {
  readonly [K in NoticeKind]: Readonly<z.infer<(typeof NOTICE_FACTS)[K]>>;
};

/** A kind with its facts. */
export type NoticeContent = {
  readonly [K in NoticeKind]: { readonly kind: K; readonly facts: NoticeFacts[K] };
}[NoticeKind];

const kindName = z.enum(NOTICE_KINDS);

/** Reads a stored notice. Null for a kind that this release does not know: a newer one runs beside it. */
export function readNoticeContent(kind: string, facts: unknown): NoticeContent | null {
  const known = kindName.safeParse(kind);
  if (!known.success) {
    return null;
  }
  return noticeContent.parse({ kind, facts });
}

const noticeContent = z.discriminatedUnion("kind", [
  content("import_done", NOTICE_FACTS.import_done),
  content("import_failed", NOTICE_FACTS.import_failed),
  content("import_waiting", NOTICE_FACTS.import_waiting),
  content("approval", NOTICE_FACTS.approval),
  content("rejection", NOTICE_FACTS.rejection),
  content("restore", NOTICE_FACTS.restore),
  content("brake", NOTICE_FACTS.brake),
  content("phones_in_trouble", NOTICE_FACTS.phones_in_trouble),
  content("content_problem", NOTICE_FACTS.content_problem),
  content("certificate_ending", NOTICE_FACTS.certificate_ending),
  content("disk_low", NOTICE_FACTS.disk_low),
  content("database_away", NOTICE_FACTS.database_away),
  content("database_back", NOTICE_FACTS.database_back),
  content("store_away", NOTICE_FACTS.store_away),
  content("store_back", NOTICE_FACTS.store_back),
]);

function content<K extends NoticeKind, F extends z.ZodType>(kind: K, facts: F) {
  return z.object({ kind: z.literal(kind), facts });
}
