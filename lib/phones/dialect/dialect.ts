import { z } from "zod";
import type { TemplateKind } from "#phones/dialect/dialect-template";
import { readTemplate } from "#phones/dialect/dialect-template";
import { LYNC_NAMED_FIELDS } from "#formats/protocol/lync-aliases";
import { LYNC_FILES_FAMILIES } from "#formats/protocol/lync-files";
import {
  ANSWER_STATUSES,
  MAX_EXTRA_NAMES,
  MAX_NAME_CHARS,
  MAX_TEMPLATE_CHARS,
} from "#phones/dialect/limits";
import { TIMESTAMP_FORMATS } from "#phones/dialect/timestamp-formats";

/** The body is always UTF-8, so another charset is refused. */
const CONTENT_TYPE =
  /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:; ?(?!charset=)[\w-]+=[\w.+-]+)*(?:; ?charset="?utf-8"?)?$/i;

const xmlName = z
  .string()
  .trim()
  .min(1)
  .max(MAX_NAME_CHARS)
  .regex(/^[\p{L}_][\p{L}\p{N}_.:-]*$/u, "Not a valid name of an element or attribute.");

function template(kind: TemplateKind) {
  return z
    .string()
    .max(MAX_TEMPLATE_CHARS)
    .superRefine((text, context) => {
      const reading = readTemplate(text, kind);
      if (reading.kind === "refused") {
        context.addIssue({ code: "custom", message: reading.problem });
      }
    });
}

const status = z.number().int().min(ANSWER_STATUSES.min).max(ANSWER_STATUSES.max);

/**
 * The configurable parts of the Lync dialect: those that only tests with real phones can confirm. Strict, because
 * administrators write it: a misspelt field must not be ignored, and an invalid template must not be stored.
 */
export const lyncDialect = z.strictObject({
  schema: z.literal(1),
  /** The template of an answer with an update. */
  updateTemplate: template("update"),
  /** The template of an answer without an update. */
  noUpdateTemplate: template("no_update"),
  hasDeclaration: z.boolean(),
  contentType: z
    .string()
    .trim()
    .max(128)
    .regex(
      CONTENT_TYPE,
      "A media type such as text/xml; charset=utf-8. The charset can only be utf-8.",
    ),
  updateStatus: status,
  noUpdateStatus: status,
  timestampFormat: z.enum(TIMESTAMP_FORMATS),
  /** The family of image URLs that the answer contains. The server accepts both families. */
  filesFamily: z.enum(LYNC_FILES_FAMILIES),
  /** Additional element names in requests, by field. */
  requestNames: z.partialRecord(z.enum(LYNC_NAMED_FIELDS), z.array(xmlName).max(MAX_EXTRA_NAMES)),
});
export type LyncDialect = z.infer<typeof lyncDialect>;

/** As proposed in device-protocol.md, 9.4; only the names `BaseURL` and `ExternalBaseURL` are confirmed. */
export const DEFAULT_DIALECT: LyncDialect = {
  schema: 1,
  updateTemplate: `<UpdateResponse downloads="{downloads}">
  <Module uc:each="module">
    <Filename>{fileName}</Filename>
    <SignatureFilename>{signatureFileName}</SignatureFilename>
    <Version>{version}</Version>
    <Timestamp>{timestamp}</Timestamp>
    <BaseURL>{internalBaseUrl}</BaseURL>
    <ExternalBaseURL>{externalBaseUrl}</ExternalBaseURL>
  </Module>
</UpdateResponse>
`,
  noUpdateTemplate: `<UpdateResponse downloads="{downloads}"/>
`,
  hasDeclaration: true,
  contentType: "text/xml; charset=utf-8",
  updateStatus: 200,
  noUpdateStatus: 200,
  timestampFormat: "iso_8601",
  filesFamily: "request_handler",
  requestNames: {},
};
