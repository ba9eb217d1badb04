import { createTranslator } from "use-intl/core";
import type { NoticeKind } from "#foundation/notices/model";
import type { NoticeContent, NoticeFacts, ReviewedRuleFact } from "#foundation/notices/schema";
import { formatBytes } from "#foundation/i18n/format-bytes";
import { NUMBERING_SYSTEM } from "#foundation/i18n/locales";
import type { Locale } from "#foundation/i18n/locales";
import ar from "#messages/ar/notices" with { type: "json" };
import de from "#messages/de/notices" with { type: "json" };
import en from "#messages/en/notices" with { type: "json" };
import es from "#messages/es/notices" with { type: "json" };
import fr from "#messages/fr/notices" with { type: "json" };
import ja from "#messages/ja/notices" with { type: "json" };

/** How a reader wants to read. */
export type Reader = { readonly locale: Locale; readonly timeZone: string };

/** A notice in the words of a reader. */
export type DescribedNotice = {
  /** The fact in one line. */
  readonly subject: string;
  readonly lines: readonly string[];
  /** The page of the panel that shows more; null if there is none. */
  readonly path: string | null;
};

type Translate = ReturnType<typeof translatorFor>;

/** Not those of the panel, because the worker loads this file without a bundler. */
const TEXTS: Readonly<Record<Locale, typeof en>> = { en, fr, de, es, ja, ar };

const IMPORTS = "/updates/imports";

/** Returns the texts of notices in a language. */
// The type has all keys of the texts, so it is inferred.
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- see above
export function translatorFor(locale: Locale) {
  return createTranslator({ locale, messages: { notices: TEXTS[locale] }, namespace: "notices" });
}

type Words = { readonly t: Translate; readonly reader: Reader };
type Describers = {
  readonly [K in NoticeKind]: (facts: NoticeFacts[K], words: Words) => DescribedNotice;
};

/** Words a notice for a reader. */
export function describeNotice(content: NoticeContent, reader: Reader): DescribedNotice {
  return describe(content, { t: translatorFor(reader.locale), reader });
}

function describe<K extends NoticeKind>(
  { kind, facts }: { readonly kind: K; readonly facts: NoticeFacts[K] },
  words: Words,
): DescribedNotice {
  const describers: Describers = DESCRIBERS;
  return describers[kind](facts, words);
}

type ImportFacts = {
  readonly importId: string;
  readonly fileName: string;
  readonly startedBy: string;
};

function describeImport(
  kind: "import_done" | "import_failed" | "import_waiting",
  { importId, fileName, startedBy }: ImportFacts,
  { t, line }: { readonly t: Translate; readonly line: string },
): DescribedNotice {
  return {
    subject: t(`subjects.${kind}`, { fileName }),
    lines: [line, t("lines.startedBy", { name: startedBy })],
    path: `${IMPORTS}/${importId}`,
  };
}

function describeReview(
  kind: "approval" | "rejection" | "restore",
  { by, reason, count, rules }: NoticeFacts["approval"],
  t: Translate,
): DescribedNotice {
  const [first] = rules;
  const isWithdrawal = kind === "restore" && rules.every(({ to }) => to === null);
  const unlisted = count - rules.length;
  return {
    subject: t(`subjects.${isWithdrawal ? "withdrawal" : kind}`, {
      more: count - 1,
      rule: first === undefined ? "" : nameOf(first),
    }),
    lines: [
      ...rules.map((rule) =>
        t("lines.rule", {
          rule: `${rule.brand} ${rule.model} ${rule.updateType} (${rule.pool})`,
          from: rule.from ?? t("lines.noVersion"),
          to: rule.to ?? t("lines.noVersion"),
        }),
      ),
      ...(unlisted > 0 ? [t("lines.more", { count: unlisted })] : []),
      t("lines.by", { name: by }),
      ...(reason === "" ? [] : [t("lines.reason", { reason })]),
    ],
    path: count === 1 && first !== undefined ? `/updates/${first.ruleId}` : "/updates/all",
  };
}

/** A rule with the version that the decision is about. */
function nameOf({ brand, model, from, to }: ReviewedRuleFact): string {
  return [brand, model, to ?? from].filter((part) => part !== null).join(" ");
}

type Outage = NoticeFacts["database_away"];

function describeOutage(
  { host, since }: Outage,
  { t, reader }: Words,
  { subject, line }: { readonly subject: string; readonly line?: string },
): DescribedNotice {
  const time = dateText(since, reader, { dateStyle: "long", timeStyle: "long" });
  return {
    subject,
    lines: [
      ...(line === undefined ? [] : [line]),
      t("lines.since", { time }),
      t("lines.noticedBy", { host }),
    ],
    path: null,
  };
}

function toMinutes(seconds: number): number {
  return Math.max(1, Math.round(seconds / 60));
}

function problemText(problem: string, t: Translate): string {
  switch (problem) {
    case "damaged":
    case "missing":
    case "unreadable":
      return t(`problems.${problem}`);
    default:
      return problem;
  }
}

function dateText(iso: string, reader: Reader, style: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(reader.locale, {
    ...style,
    numberingSystem: NUMBERING_SYSTEM,
    timeZone: reader.timeZone,
  }).format(new Date(iso));
}

const DESCRIBERS: Describers = {
  import_done: (facts, { t }) =>
    describeImport("import_done", facts, {
      t,
      line: t("lines.pending", { count: facts.created + facts.pending }),
    }),
  import_failed: (facts, { t }) => describeImport("import_failed", facts, { t, line: facts.error }),
  import_waiting: (facts, { t }) =>
    describeImport("import_waiting", facts, {
      t,
      line: t(`lines.question_${facts.question}`, { count: facts.count }),
    }),
  approval: (facts, { t }) => describeReview("approval", facts, t),
  rejection: (facts, { t }) => describeReview("rejection", facts, t),
  restore: (facts, { t }) => describeReview("restore", facts, t),
  brake: (facts, { t }) => ({
    subject: t(`subjects.brake_${facts.action}`, {
      rule: `${facts.brand} ${facts.model} ${facts.version} (${facts.pool})`,
    }),
    lines: [
      t("lines.brake", { failed: facts.failed, installed: facts.installed }),
      ...(facts.action === "stopped" ? [t("lines.brakeStopped")] : []),
    ],
    path: `/roll-outs/${facts.rollOutId}`,
  }),
  phones_in_trouble: (facts, { t }) => ({
    subject: t("subjects.phones_in_trouble", { count: facts.count }),
    lines: (["neverCameBack", "fellBack", "otherVersion"] as const)
      .filter((name) => facts[name] > 0)
      .map((name) => t(`lines.${name}`, { count: facts[name] })),
    path: "/devices?progress=never_came_back,fell_back,other_version",
  }),
  content_problem: ({ count, files }, { t }) => ({
    subject: t("subjects.content_problem", { count, file: files[0]?.fileName ?? "" }),
    lines: [
      ...files.map((file) => t("lines.file", { ...file, problem: problemText(file.problem, t) })),
      ...(count > files.length ? [t("lines.more", { count: count - files.length })] : []),
      t("lines.importAgain"),
    ],
    path: "/updates/all",
  }),
  certificate_ending: ({ state, validTo, host, file }, { t, reader }) => ({
    subject: t(`subjects.certificate_${state}`, {
      date: dateText(validTo, reader, { dateStyle: "long" }),
      host,
    }),
    lines: [t("lines.certificate", { file })],
    path: "/readiness",
  }),
  disk_low: ({ host, directory, freeBytes, lowBytes }, { t, reader }) => ({
    subject: t("subjects.disk_low", { host, free: formatBytes(freeBytes, reader.locale) }),
    lines: [t("lines.disk", { directory, low: formatBytes(lowBytes, reader.locale) })],
    path: null,
  }),
  database_away: (facts, words) =>
    describeOutage(facts, words, {
      subject: words.t("subjects.database_away", { host: facts.host }),
      line: words.t("lines.databaseAway"),
    }),
  database_back: (facts, words) =>
    describeOutage(facts, words, {
      subject: words.t("subjects.database_back", { minutes: toMinutes(facts.seconds) }),
    }),
  store_away: (facts, words) =>
    describeOutage(facts, words, {
      subject: words.t("subjects.store_away", { store: facts.store }),
      line: words.t(facts.problem === "gone" ? "lines.storeGone" : "lines.storeUnwritable"),
    }),
  store_back: (facts, words) =>
    describeOutage(facts, words, {
      subject: words.t("subjects.store_back", { minutes: toMinutes(facts.seconds) }),
    }),
};
