import { z } from "zod";
import type { TemplateKind } from "#phones/dialect/dialect-template";
import { readTemplate } from "#phones/dialect/dialect-template";
import { LYNC_NAMED_FIELDS } from "#formats/protocol/lync-aliases";
import { LYNC_FILES_FAMILIES } from "#formats/protocol/lync-xml";
import { TIMESTAMP_FORMATS } from "#phones/dialect/timestamp-formats";

export const LONGEST_TEMPLATE = 16 * 1024;
export const MOST_EXTRA_NAMES = 16;
export const LONGEST_NAME = 64;
export const ANSWER_STATUSES = { min: 200, max: 499 } as const;

/** The body is UTF-8 whatever the administrator would like; a type that says otherwise would be a lie. */
const CONTENT_TYPE =
  /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:; ?(?!charset=)[\w-]+=[\w.+-]+)*(?:; ?charset="?utf-8"?)?$/i;

const xmlName = z
  .string()
  .trim()
  .min(1)
  .max(LONGEST_NAME)
  .regex(/^[\p{L}_][\p{L}\p{N}_.:-]*$/u, "Not a name that an element or attribute can have.");

function template(kind: TemplateKind) {
  return z
    .string()
    .max(LONGEST_TEMPLATE)
    .superRefine((text, context) => {
      const reading = readTemplate(text, kind);
      if (reading.kind === "refused") {
        context.addIssue({ code: "custom", message: reading.problem });
      }
    });
}

const status = z.number().int().min(ANSWER_STATUSES.min).max(ANSWER_STATUSES.max);

/**
 * How the XML surface speaks: everything about it that only a genuine phone can settle. Strict, because it is written by
 * people: what is misspelt must not be ignored, and what cannot be rendered must not be kept.
 */
export const lyncDialect = z.strictObject({
  schema: z.literal(1),
  /** The answer where something is offered. */
  updateTemplate: template("update"),
  /** The answer where nothing is. */
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
  /** Which of the two families of image addresses the answer names. All of them are served. */
  filesFamily: z.enum(LYNC_FILES_FAMILIES),
  /** Further names of what phones say, by field. */
  requestNames: z.partialRecord(z.enum(LYNC_NAMED_FIELDS), z.array(xmlName).max(MOST_EXTRA_NAMES)),
});
export type LyncDialect = z.infer<typeof lyncDialect>;

/** As proposed in device-protocol.md, 9.4; of these names only `BaseURL` and `ExternalBaseURL` are confirmed. */
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
