import { expect, test } from "vitest";
import { toMailText } from "#access/notifications/mail-text";
import type { MailNotice } from "#access/notifications/mail-text";
import { toPayload } from "#access/notifications/webhook-payload";
import { LOCALES } from "#foundation/i18n/locales";
import { NOTICE_KINDS } from "#foundation/notices/model";
import type { NoticeContent, NoticeFacts } from "#foundation/notices/schema";
import { readNoticeContent } from "#foundation/notices/schema";

const AT = new Date("2026-11-28T18:13:15Z");
const ID = "00000000-0000-4000-8000-00000000000a";
const IMPORT = { importId: ID, fileName: "UC <b>.cab", startedBy: "anna" };
const RULE = { ruleId: ID, brand: "POLYCOM", model: "CX600", updateType: "CPE", pool: "pool01" };
const REVIEW = {
  by: "anna",
  reason: "tested",
  count: 3,
  rules: [{ ...RULE, from: "1.0", to: "2.0" }],
};
const OUTAGE = { host: "srv1", since: AT.toISOString() };

const FACTS: NoticeFacts = {
  import_done: { ...IMPORT, created: 1, pending: 1, unchanged: 0 },
  import_failed: { ...IMPORT, error: "It is no cabinet." },
  import_waiting: { ...IMPORT, question: "details", count: 2 },
  approval: REVIEW,
  rejection: { ...REVIEW, count: 1, rules: [{ ...RULE, from: "2.0", to: null }] },
  restore: { ...REVIEW, rules: [{ ...RULE, from: "2.0", to: null }] },
  brake: { ...RULE, rollOutId: "7", version: "2.0", action: "stopped", installed: 90, failed: 12 },
  phones_in_trouble: { count: 3, threshold: 2, neverCameBack: 1, fellBack: 2, otherVersion: 0 },
  content_problem: {
    count: 1,
    files: [
      {
        sha256: "ab",
        problem: "missing",
        fileName: "CPE.nbt",
        version: "2.0",
        image: "ucphone/cx600",
      },
    ],
  },
  certificate_ending: {
    state: "expires_soon",
    validTo: AT.toISOString(),
    host: "srv1",
    file: "/a",
  },
  disk_low: { host: "srv1", directory: "/data", freeBytes: 1_000_000, lowBytes: 2_000_000 },
  database_away: OUTAGE,
  database_back: { ...OUTAGE, seconds: 150 },
  store_away: { ...OUTAGE, store: "s3://bucket", problem: "unwritable" },
  store_back: { ...OUTAGE, store: "s3://bucket", seconds: 60 },
};

function contentOf(kind: (typeof NOTICE_KINDS)[number]): NoticeContent {
  const content = readNoticeContent(kind, FACTS[kind]);
  if (content === null) {
    throw new Error(`${kind} is unknown`);
  }
  return content;
}

function aNotice(kind: (typeof NOTICE_KINDS)[number]): MailNotice {
  return { at: AT, content: contentOf(kind) };
}

const READER = { locale: "en", timeZone: "Europe/Paris" } as const;
const OPTIONS = { reader: READER, publicUrl: "https://updates.contoso.com" };

test.each([
  ["import_done", "Imported: UC <b>.cab"],
  ["import_failed", "Import failed: UC <b>.cab"],
  ["import_waiting", "Import waits for an answer: UC <b>.cab"],
  ["approval", "Approved: POLYCOM CX600 2.0 and 2 more rules"],
  ["rejection", "Rejected: POLYCOM CX600 2.0"],
  ["restore", "Withdrawn: POLYCOM CX600 2.0 and 2 more rules"],
  ["brake", "Roll-out stopped: POLYCOM CX600 2.0 (pool01)"],
  ["phones_in_trouble", "3 phones in trouble with an update"],
  ["content_problem", "Image cannot be served: CPE.nbt"],
  ["certificate_ending", "Certificate ends on November 28, 2026: srv1"],
  ["disk_low", "Disk low on srv1: 1 MB free"],
  ["database_away", "PostgreSQL does not answer: srv1"],
  ["database_back", "PostgreSQL is back after 3 minutes"],
  ["store_away", "Content store away: s3://bucket"],
  ["store_back", "Content store is back after 1 minute"],
] as const)("says %s in the subject", (kind, subject) => {
  expect(toMailText([aNotice(kind)], OPTIONS).subject).toBe(`[ucupdates] ${subject}`);
});

test.each(LOCALES)("has all texts in %s", (locale) => {
  const { subject, text, html } = toMailText(NOTICE_KINDS.map(aNotice), {
    ...OPTIONS,
    reader: { ...READER, locale },
  });
  expect(`${subject}${text}${html}`).not.toMatch(/notices\.|undefined|\{|\}/);
});

test("puts problems first, and says how many more there are", () => {
  const { subject, text } = toMailText([aNotice("approval"), aNotice("disk_low")], OPTIONS);

  expect(subject).toBe("[ucupdates] Disk low on srv1: 1 MB free – and 1 more notice");
  expect(text.indexOf("Disk low")).toBeLessThan(text.indexOf("Approved"));
});

test("escapes names from uploads, and keeps the subject in one line", () => {
  const content = {
    kind: "import_failed",
    facts: { ...FACTS.import_failed, fileName: "a\r\nBcc: x@contoso.com<script>" },
  } as const;
  const { subject, html } = toMailText([{ at: AT, content }], OPTIONS);

  expect(subject).toBe("[ucupdates] Import failed: a Bcc: x@contoso.com<script>");
  expect(html).not.toContain("<script>");
});

test("shows the time of the reader, and links only with a known address of the panel", () => {
  const linked = toMailText([aNotice("rejection")], OPTIONS).text;
  expect(linked).toContain("7:13:15");
  expect(linked).toContain(`https://updates.contoso.com/updates/${ID}`);

  const plain = toMailText([aNotice("rejection")], { ...OPTIONS, publicUrl: null });
  expect(plain.text + plain.html).not.toContain("http");
});

test("puts the facts, their type and one sentence into a payload", () => {
  expect(JSON.parse(toPayload(aNotice("phones_in_trouble"), OPTIONS.publicUrl))).toEqual({
    type: "phones.in_trouble",
    timestamp: AT.toISOString(),
    data: FACTS.phones_in_trouble,
    text: "3 phones in trouble with an update https://updates.contoso.com/devices?progress=never_came_back,fell_back,other_version",
    url: "https://updates.contoso.com/devices?progress=never_came_back,fell_back,other_version",
  });
});
