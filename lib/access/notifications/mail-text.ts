import type { DescribedNotice, Reader } from "#access/notifications/describe-notice";
import { describeNotice, translatorFor } from "#access/notifications/describe-notice";
import { escapeXml } from "#formats/xml/escape-xml";
import { NUMBERING_SYSTEM, TEXT_DIRECTIONS } from "#foundation/i18n/locales";
import type { Locale } from "#foundation/i18n/locales";
import { NOTICE_KIND_FACTS } from "#foundation/notices/model";
import type { NoticeTone } from "#foundation/notices/model";
import type { NoticeContent } from "#foundation/notices/schema";

/** A message in both forms. */
export type MailText = {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
};

export type MailNotice = { readonly at: Date; readonly content: NoticeContent };

export type MailOptions = {
  readonly reader: Reader;
  /** Where the panel is, without a slash at the end; null if it is not known: the message has no links. */
  readonly publicUrl: string | null;
};

const SUBJECT_PREFIX = "[ucupdates]";
const MAX_SUBJECT = 150;
const TONES: readonly NoticeTone[] = ["problem", "good", "news"];

/** One message about one or more notices: problems first, then in the order of time. Without notices it has no content. */
export function toMailText(notices: readonly MailNotice[], options: MailOptions): MailText {
  const { reader } = options;
  const t = translatorFor(reader.locale);
  const described = notices
    .toSorted((left, right) => toneOf(left) - toneOf(right))
    .map(({ at, content }) => ({ ...describeNotice(content, reader), at }));
  const first = described[0]?.subject ?? "";
  const more = described.length - 1;
  return layOut(described, {
    ...options,
    subject: more > 0 ? t("mail.digest", { subject: first, count: more }) : first,
  });
}

/** The message of the test button. */
export function toTestMail(name: string, options: MailOptions): MailText {
  const t = translatorFor(options.reader.locale);
  const subject = t("mail.testSubject");
  return layOut([{ subject, lines: [t("mail.testLine", { name })], path: null, at: null }], {
    ...options,
    subject,
  });
}

function toneOf({ content }: MailNotice): number {
  return TONES.indexOf(NOTICE_KIND_FACTS[content.kind].tone);
}

type Part = DescribedNotice & { readonly at: Date | null };

function layOut(
  parts: readonly Part[],
  { subject, reader, publicUrl }: MailOptions & { readonly subject: string },
): MailText {
  const t = translatorFor(reader.locale);
  const linked = parts.map((part) => ({
    ...part,
    url: part.path === null || publicUrl === null ? null : `${publicUrl}${part.path}`,
    time: part.at === null ? null : timeText(part.at, reader),
  }));
  const change = publicUrl === null ? null : `${publicUrl}/account/notifications`;
  const footer = [t("mail.why"), ...(change === null ? [] : [t("mail.change", { url: change })])];
  return {
    subject: toSubject(subject),
    text: [...linked.map(toText), `-- \n${footer.join("\n")}`].join("\n\n").concat("\n"),
    html: toHtml(
      linked.map((part) => toHtmlPart(part, t("mail.open"))),
      { locale: reader.locale, footer },
    ),
  };
}

type LinkedPart = Part & { readonly url: string | null; readonly time: string | null };

function toText({ subject, lines, url, time }: LinkedPart): string {
  return [
    subject,
    ...(time === null ? [] : [time]),
    "",
    ...lines,
    ...(url === null ? [] : ["", url]),
  ].join("\n");
}

function toHtmlPart({ subject, lines, url, time }: LinkedPart, open: string): string {
  return [
    `<h2 style="font-size:16px;margin:24px 0 4px">${escapeXml(subject)}</h2>`,
    time === null ? "" : `<p style="margin:0 0 8px;color:#555">${escapeXml(time)}</p>`,
    `<ul style="margin:0;padding-inline-start:20px">`,
    ...lines.map((line) => `<li>${escapeXml(line)}</li>`),
    "</ul>",
    url === null ? "" : `<p><a href="${escapeXml(url)}">${escapeXml(open)}</a></p>`,
  ].join("");
}

function toHtml(
  parts: readonly string[],
  { locale, footer }: { readonly locale: Locale; readonly footer: readonly string[] },
): string {
  return [
    `<!doctype html><html lang="${locale}" dir="${TEXT_DIRECTIONS[locale]}"><head><meta charset="utf-8"></head>`,
    `<body style="font-family:sans-serif;font-size:14px;line-height:1.5">`,
    ...parts,
    `<p style="margin-top:32px;color:#555;font-size:12px">${footer.map(escapeXml).join("<br>")}</p>`,
    "</body></html>",
  ].join("");
}

/** One line: names of files come from uploads. */
function toSubject(subject: string): string {
  const line = `${SUBJECT_PREFIX} ${subject}`.replace(/\s+/g, " ");
  return line.length <= MAX_SUBJECT ? line : `${line.slice(0, MAX_SUBJECT - 1)}…`;
}

function timeText(at: Date, { locale, timeZone }: Reader): string {
  return new Intl.DateTimeFormat(locale, {
    numberingSystem: NUMBERING_SYSTEM,
    dateStyle: "long",
    timeStyle: "long",
    timeZone,
  }).format(at);
}
