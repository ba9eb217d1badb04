import { LYNC_NAMED_FIELDS } from "#formats/protocol/lync-aliases";
import type { LyncNamedField } from "#formats/protocol/lync-aliases";
import type { LyncDialect } from "#phones/dialect/dialect";
import {
  ANSWER_STATUSES,
  MAX_NAME_CHARS,
  MAX_TEMPLATE_CHARS,
  MAX_EXTRA_NAMES,
  lyncDialect,
} from "#phones/dialect/dialect";
import type { TemplateFault, TemplateKind } from "#phones/dialect/dialect-template";
import { readTemplate } from "#phones/dialect/dialect-template";

/** A dialect in the form, where the names of each field are one line of text. */
export type DialectFields = Omit<LyncDialect, "requestNames"> & {
  readonly requestNames: Readonly<Record<LyncNamedField, string>>;
};

/** The problem of a field: its code, and the values for the message. */
export type DialectProblem = {
  readonly code: TemplateFault | "too_long" | "names" | "status" | "content_type";
  readonly values: Readonly<Record<string, string | number>>;
};

export type DialectReading =
  | { readonly kind: "valid"; readonly dialect: LyncDialect }
  /** The problems by field. */
  | { readonly kind: "invalid"; readonly problems: ReadonlyMap<string, DialectProblem> };

export function toFields(dialect: LyncDialect): DialectFields {
  const line = (field: LyncNamedField): string => (dialect.requestNames[field] ?? []).join(" ");
  return {
    ...dialect,
    requestNames: {
      deviceType: line("deviceType"),
      macAddress: line("macAddress"),
      serialNumber: line("serialNumber"),
      brand: line("brand"),
      model: line("model"),
      revision: line("revision"),
      locale: line("locale"),
      user: line("user"),
      module: line("module"),
      fileName: line("fileName"),
      version: line("version"),
      timestamp: line("timestamp"),
    },
  };
}

/** Validates with the schema of the server, so that an invalid dialect can be neither previewed nor saved. */
export function readFields(fields: DialectFields): DialectReading {
  const named = LYNC_NAMED_FIELDS.flatMap((field) => {
    const names = fields.requestNames[field].split(/[\s,;]+/).filter((name) => name !== "");
    return names.length === 0 ? [] : [[field, names] as const];
  });
  const parsed = lyncDialect.safeParse({ ...fields, requestNames: Object.fromEntries(named) });
  return parsed.success
    ? { kind: "valid", dialect: parsed.data }
    : {
        kind: "invalid",
        problems: new Map(
          parsed.error.issues.map(({ path }) => {
            const field = path.slice(0, 2).join(".");
            return [field, toProblem(field, fields)];
          }),
        ),
      };
}

/** Each field has one possible problem, except templates, which have several. */
function toProblem(field: string, fields: DialectFields): DialectProblem {
  switch (field) {
    case "updateTemplate":
      return toTemplateProblem(fields.updateTemplate, "update");
    case "noUpdateTemplate":
      return toTemplateProblem(fields.noUpdateTemplate, "no_update");
    case "updateStatus":
    case "noUpdateStatus":
      return { code: "status", values: ANSWER_STATUSES };
    case "contentType":
      return { code: "content_type", values: {} };
    default:
      return { code: "names", values: { most: MAX_EXTRA_NAMES, longest: MAX_NAME_CHARS } };
  }
}

function toTemplateProblem(text: string, kind: TemplateKind): DialectProblem {
  const reading = readTemplate(text, kind);
  return reading.kind === "refused"
    ? { code: reading.fault, values: { subject: reading.subject } }
    : { code: "too_long", values: { max: MAX_TEMPLATE_CHARS } };
}
