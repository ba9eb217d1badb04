import { z } from "zod";
import { FIELD_RULE, isUsableField } from "#formats/cab/description/field-rules";

const LONGEST_PATH = 2_048;
const MOST_DETAILS = 4_096;

const detailField = z
  .string()
  .trim()
  .refine(isUsableField, { error: `Use ${FIELD_RULE}.` });

/** What an administrator says of one image; the same image may be given for several kinds of phone. */
const givenDetails = z.strictObject({
  path: z.string().min(1).max(LONGEST_PATH),
  deviceType: detailField,
  brand: detailField,
  model: detailField,
  revision: detailField,
  locale: detailField,
  version: detailField,
  updateType: detailField,
});

export type GivenDetails = Readonly<z.infer<typeof givenDetails>>;

/** The panel's form, and the file that `--describe` reads. */
export const givenDetailsList = z.array(givenDetails).max(MOST_DETAILS);
