import { MAX_NAMED } from "#foundation/notices/schema";
import type { NoticeContent } from "#foundation/notices/schema";

type Review = Extract<NoticeContent, { readonly kind: "approval" | "rejection" | "restore" }>;

/**
 * One notice instead of two of the same kind: counts are added, and rules and files are named up to the limit. Of other
 * kinds, the newer facts count.
 */
export function mergeNotices(older: NoticeContent, newer: NoticeContent): NoticeContent {
  if (isReview(older) && isReview(newer)) {
    const rules = [...older.facts.rules, ...newer.facts.rules].slice(0, MAX_NAMED);
    const count = older.facts.count + newer.facts.count;
    return { kind: newer.kind, facts: { ...newer.facts, count, rules } };
  }
  if (older.kind === "content_problem" && newer.kind === "content_problem") {
    const files = [...older.facts.files, ...newer.facts.files].slice(0, MAX_NAMED);
    return { kind: newer.kind, facts: { count: older.facts.count + newer.facts.count, files } };
  }
  return newer;
}

function isReview(content: NoticeContent): content is Review {
  return ["approval", "rejection", "restore"].includes(content.kind);
}
