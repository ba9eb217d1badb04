import { z } from "zod";
import { givenDetailsList } from "#formats/cab/description/given-details";

const LONGEST_FILE_NAME = 255;
const LONGEST_TEXT = 1_000;
const MOST_POOLS = 1_000;

const fileName = z
  .string()
  .trim()
  .min(1, "Name the file.")
  .max(LONGEST_FILE_NAME)
  // Only the name is kept, whatever path a browser or a script sends with it.
  .transform((path) => path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1))
  .refine((name) => name !== "" && !/[\p{C}\p{Zl}\p{Zp}]/u.test(name), "Not a file name.");

const reason = z.string().trim().min(1, "Say why.").max(LONGEST_TEXT);

/** One pool, several, or all; never none by omission. */
const poolChoice = z.union([
  z.strictObject({ all: z.literal(true) }),
  z.strictObject({
    fqdns: z.array(z.string().trim().toLowerCase().min(1)).min(1).max(MOST_POOLS),
  }),
]);

export const startInput = z.strictObject({
  fileName,
  pools: poolChoice,
  notes: z.string().trim().max(LONGEST_TEXT).default(""),
  /** Why images that their catalog does not vouch for are wanted all the same; null asks before. */
  mismatchReason: reason.nullable().default(null),
});
export type StartInput = Readonly<z.infer<typeof startInput>>;

/** What an administrator says of the images of a package that does not describe them. */
export const describeInput = z.strictObject({
  importId: z.uuid(),
  details: givenDetailsList,
  leftOut: z.array(z.string().min(1).max(2_048)).max(4_096).default([]),
});
/** The same over HTTP, where the path names the import. */
export const describeBody = describeInput.omit({ importId: true });
export type DescribeInput = Readonly<z.infer<typeof describeInput>>;

export const confirmInput = z.strictObject({ importId: z.uuid(), reason });
export const confirmBody = confirmInput.omit({ importId: true });
export type ConfirmInput = Readonly<z.infer<typeof confirmInput>>;

export const cancelInput = z.strictObject({ importId: z.uuid() });
export type CancelInput = Readonly<z.infer<typeof cancelInput>>;
