import { Option } from "commander";
import { z } from "zod";
import { countOf } from "#programs/cli/output/count-of";
import type { AuditEntry } from "#foundation/audit/model";
import { ACCEPT_AUDIT_END_COMMAND, AUDIT_SUBJECT_KINDS } from "#foundation/audit/model";
import { acceptAuditEndInput } from "#foundation/audit/schema";
import { acceptAuditEnd } from "#foundation/audit/server/accept-audit-end";
import { listAuditEntries } from "#foundation/audit/server/list-audit-entries";
import type { AuditVerification } from "#foundation/audit/server/verify-audit";
import { verifyAudit } from "#foundation/audit/server/verify-audit";
import { collect, defineCommand } from "#programs/cli/command";
import { everyPage } from "#programs/cli/every-page";
import { lastOption, addTimeOptions, timeOptions } from "#programs/cli/common-options";
import type { Field } from "#programs/cli/output/fields";
import { column, detail } from "#programs/cli/output/fields";
import {
  addFormatOptions,
  formatOptions,
  printItems,
  formatJson,
} from "#programs/cli/output/format";
import { searchText } from "#foundation/core/search-text";

const AUDIT_FIELDS: readonly Field<AuditEntry>[] = [
  column("Id", (entry) => entry.id),
  column("At", (entry) => entry.at),
  column("Actor", (entry) => entry.actorName),
  column("Action", (entry) => entry.action),
  column("Subject", (entry) => entry.subjectName),
  column("Reason", (entry) => entry.reason),
  detail("Facts", (entry) => entry.facts),
  detail("ActorKind", (entry) => entry.actorKind),
  detail("SubjectKind", (entry) => entry.subjectKind),
  detail("SubjectId", (entry) => entry.subjectId),
  detail("RequestId", (entry) => entry.requestId),
  detail("PreviousHash", (entry) => entry.previousHash),
  detail("Hash", (entry) => entry.hash),
];

const getAudit = defineCommand({
  name: "get-audit",
  cmdlet: null,
  summary: "show the audit trail: who did what, when, on what, and why",
  notes: "Oldest first. Without --last or --all, the latest 100 entries.",
  examples: [
    "get-audit --last 20",
    "get-audit --kind rule --search anna",
    "get-audit --from 2026-11-01 --to 2026-11-30 --all --csv > november.csv",
    "get-audit --all --csv > audit.csv",
  ],
  needsDatabase: true,
  configure: (command) => {
    addTimeOptions(
      addFormatOptions(
        command
          .option("--last <number>", "the number of latest entries to show")
          .addOption(new Option("--all", "every entry").conflicts("last"))
          .option("--search <text>", "entries whose actor, subject, action or reason contains it")
          .option(
            "--kind <kind>",
            `entries about this kind of subject; may be repeated (${AUDIT_SUBJECT_KINDS.join(", ")})`,
            collect,
          )
          .option("--subject <id>", "entries about the subject with this id"),
      ),
    );
  },
  input: z.strictObject({
    args: z.array(z.string()).length(0),
    last: lastOption(100),
    all: z.boolean().default(false),
    search: searchText,
    kind: z
      .array(z.enum(AUDIT_SUBJECT_KINDS, `One of ${AUDIT_SUBJECT_KINDS.join(", ")}.`))
      .default([]),
    subject: searchText,
    ...timeOptions,
    ...formatOptions,
  }),
  run: async ({ terminal, context }, input) => {
    // Entries are only appended, so reading from the oldest misses none that is added while we read.
    const order = input.all ? "asc" : "desc";
    const found = await everyPage(
      async (page) => {
        const { search: q, kind, subject, from, to } = input;
        const read = await listAuditEntries(context(), {
          q,
          kind,
          subject,
          from,
          to,
          order,
          page,
        });
        return { ...read, items: read.entries };
      },
      input.all ? Infinity : input.last,
    );
    const entries = input.all ? found : found.toReversed();
    printItems(terminal, entries, { fields: AUDIT_FIELDS, options: input });
    return "done";
  },
});

const testAudit = defineCommand({
  name: "test-audit",
  cmdlet: null,
  summary: "check that no entry of the audit trail was changed or removed",
  notes:
    "Every entry has a hash of itself and of the entry before it; an anchor file in the data directory names the newest entry. Exit code 12 if the chain is broken or its end is missing. After an older backup was restored, --accept-end records that entries are missing, and why, and writes a new anchor.",
  examples: ["test-audit", 'test-audit --accept-end --reason "backup of 22 November restored"'],
  needsDatabase: true,
  configure: (command) => {
    command
      .option("--json", "print the result as JSON")
      .option("--accept-end", "accept that the newest entries or the anchor are missing")
      .option("--reason <text>", "why they are missing; recorded in the audit trail");
  },
  input: z
    .strictObject({
      args: z.array(z.string()).length(0),
      json: z.boolean().default(false),
      acceptEnd: z.boolean().default(false),
      reason: acceptAuditEndInput.shape.reason.optional(),
    })
    .refine(({ acceptEnd, reason }) => acceptEnd === (reason !== undefined), {
      path: ["reason"],
      message: "--accept-end and --reason must be given together.",
    }),
  run: async ({ terminal, context }, { json, reason }) => {
    if (reason !== undefined) {
      await acceptAuditEnd(context(), { reason });
    }
    const result = await verifyAudit(context());
    terminal.write(json ? formatJson(result) : `${toSentence(result)}\n`);
    return result.outcome === "intact" ? "done" : "audit_broken";
  },
});

function toSentence(result: AuditVerification): string {
  const { entries } = result;
  const hint = `If you restored an older backup, run: ${ACCEPT_AUDIT_END_COMMAND}`;
  switch (result.outcome) {
    case "intact":
      return `The audit trail is intact: ${countOf(entries, "entry", "entries")}.`;
    case "broken":
      return `The audit trail is broken at entry ${result.firstBrokenId}; the ${entries} before it are intact.`;
    case "cut_off":
      return `The newest entries of the audit trail are missing: it has ${entries}, without entry ${result.anchor.lastId}, which was the newest when there were ${result.anchor.entries}. ${hint}`;
    case "anchor_lost":
      return `The ${entries} entries of the audit trail are intact, but its anchor (audit-anchor.json in the data directory) is missing or unreadable, so that newer ones may be missing. ${hint}`;
  }
}

export const commands = [getAudit, testAudit];
