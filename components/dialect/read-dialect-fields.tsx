import type {
  DialectFields,
  DialectProblem,
  DialectReading,
} from "#components/dialect/dialect-fields";
import { LYNC_NAMED_FIELDS } from "#formats/protocol/lync-aliases";
import { lyncDialect } from "#phones/dialect/dialect";
import { readTemplate } from "#phones/dialect/dialect-template";
import type { TemplateKind } from "#phones/dialect/dialect-template";
import {
  ANSWER_STATUSES,
  MAX_EXTRA_NAMES,
  MAX_NAME_CHARS,
  MAX_TEMPLATE_CHARS,
} from "#phones/dialect/limits";
import { sampleAnswers } from "#phones/dialect/sample-answers";

/** Validates with the schema of the server, so that an invalid dialect can be neither previewed nor saved. */
export function readFields(fields: DialectFields): DialectReading {
  const named = LYNC_NAMED_FIELDS.flatMap((field) => {
    const names = fields.requestNames[field].split(/[\s,;]+/).filter((name) => name !== "");
    return names.length === 0 ? [] : [[field, names] as const];
  });
  const parsed = lyncDialect.safeParse({ ...fields, requestNames: Object.fromEntries(named) });
  return parsed.success
    ? { kind: "valid", dialect: parsed.data, samples: sampleAnswers(parsed.data) }
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
