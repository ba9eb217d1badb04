import { describeNotice } from "#access/notifications/describe-notice";
import type { NoticeKind } from "#foundation/notices/model";
import type { NoticeContent } from "#foundation/notices/schema";

/** The type of an event in a payload: `import_done` is `import.done`. */
export function toEventType(kind: NoticeKind): string {
  return kind.replace("_", ".");
}

/**
 * The body of a webhook: type, timestamp and data as Standard Webhooks recommends. `text` has the event in one English
 * sentence, which chat systems show.
 */
export function toPayload(
  { at, content }: { readonly at: Date; readonly content: NoticeContent },
  publicUrl: string | null,
): string {
  const { subject, path } = describeNotice(content, { locale: "en", timeZone: "UTC" });
  const url = path === null || publicUrl === null ? null : `${publicUrl}${path}`;
  return JSON.stringify({
    type: toEventType(content.kind),
    timestamp: at.toISOString(),
    data: content.facts,
    text: url === null ? subject : `${subject} ${url}`,
    url,
  });
}

/** The body of the test button. */
export function toTestPayload(at: Date): string {
  return JSON.stringify({
    type: "test",
    timestamp: at.toISOString(),
    data: {},
    text: "ucupdates can reach this webhook.",
    url: null,
  });
}
