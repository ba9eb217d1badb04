import { z } from "zod";
import { FIELD_RULE, isUsableField } from "#formats/cab/description/field-rules";

const MAX_PATH_CHARS = 2_048;
const MAX_DETAILS = 4_096;

const detailField = z
  .string()
  .trim()
  .refine(isUsableField, { error: `Use ${FIELD_RULE}.` });

/** Details of one image from the administrator; one image may have entries for several kinds of phone. */
const givenDetails = z.strictObject({
  path: z.string().min(1).max(MAX_PATH_CHARS),
  deviceType: detailField,
  brand: detailField,
  model: detailField,
  revision: detailField,
  locale: detailField,
  version: detailField,
  updateType: detailField,
});

export type GivenDetails = Readonly<z.infer<typeof givenDetails>>;

/** Input of the panel's form and of the file that `--describe` reads. */
export const givenDetailsList = z.array(givenDetails).max(MAX_DETAILS);
