import { Option } from "commander";
import { z } from "zod";
import type { AuditEntry } from "#lib/audit/model";
import { AUDIT_SUBJECT_KINDS } from "#lib/audit/model";
import { listAuditEntries } from "#lib/audit/server/list-audit-entries";
import { verifyAudit } from "#lib/audit/server/verify-audit";
import { collect, defineCommand } from "#lib/cli/command";
import { everyPage } from "#lib/cli/every-page";
import { lastOption } from "#lib/cli/last-option";
import type { Field } from "#lib/cli/output/fields";
import { column, detail } from "#lib/cli/output/fields";
import { addFormatOptions, chosenFormat, formatOptions, printItems } from "#lib/cli/output/format";
import { formatJson } from "#lib/cli/output/json";
import { addTimeOptions, timeOptions } from "#lib/cli/time-options";
import { searchText } from "#lib/core/search-text";

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
  summary: "show what people did: who, when, what, on what, and why",
  notes: "Oldest first; the last 100 entries unless something else is said.",
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
          .option("--last <number>", "this many of the latest entries")
          .addOption(new Option("--all", "every entry").conflicts("last"))
          .option("--search <text>", "entries whose actor, subject, action or reason contains it")
          .option(
            "--kind <kind>",
            `entries about this kind of thing; may be repeated (${AUDIT_SUBJECT_KINDS.join(", ")})`,
            collect,
          )
          .option("--subject <id>", "entries about the thing of this id"),
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
    // Entries are only ever added, so reading all from the oldest on misses none that is added meanwhile.
    const order = input.all ? "asc" : "desc";
    const found = await everyPage(
      async (page) => {
        const { search: q, kind, subject, from, to } = input;
        const { entries, total } = await listAuditEntries(context(), {
          q,
          kind,
          subject,
          from,
          to,
          order,
          page,
        });
        return { items: entries, total };
      },
      input.all ? Infinity : input.last,
    );
    const entries = input.all ? found : found.toReversed();
    printItems(terminal, entries, { fields: AUDIT_FIELDS, format: chosenFormat(input) });
    return "done";
  },
});

const testAudit = defineCommand({
  name: "test-audit",
  cmdlet: null,
  summary: "check that no entry of the audit trail was changed or taken out",
  notes:
    "Every entry carries a hash of itself and of the one before. Exit code 12 when the chain is broken. Entries missing at the very end cannot be noticed this way: keep the latest hash elsewhere.",
  examples: ["test-audit"],
  needsDatabase: true,
  configure: (command) => {
    command.option("--json", "print the result as JSON");
  },
  input: z.strictObject({
    args: z.array(z.string()).length(0),
    json: z.boolean().default(false),
  }),
  run: async ({ terminal, context }, { json }) => {
    const result = await verifyAudit(context());
    const isIntact = result.outcome === "intact";
    const text = isIntact
      ? `The audit trail is intact: ${result.entries} entries.\n`
      : `The audit trail is broken at entry ${result.firstBrokenId}; the ${result.entries} before it are intact.\n`;
    terminal.write(json ? formatJson(result) : text);
    return isIntact ? "done" : "audit_broken";
  },
});

export const commands = [getAudit, testAudit];
