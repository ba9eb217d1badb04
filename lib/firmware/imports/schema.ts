import { z } from "zod";
import { givenDetailsList } from "#formats/cab/description/given-details";

const MAX_FILE_NAME_LENGTH = 255;
const MAX_TEXT_LENGTH = 1_000;
const MAX_POOLS = 1_000;

const fileName = z
  .string()
  .trim()
  .min(1, "Name the file.")
  .max(MAX_FILE_NAME_LENGTH)
  // Keeps only the file name, because a browser or script may send a path.
  .transform((path) => path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1))
  .refine((name) => name !== "" && !/[\p{C}\p{Zl}\p{Zp}]/u.test(name), "Not a file name.");

const reason = z.string().trim().min(1, "Say why.").max(MAX_TEXT_LENGTH);

/** One pool, several, or all. An omitted choice is an error. */
const poolChoice = z.union([
  z.strictObject({ all: z.literal(true) }),
  z.strictObject({
    fqdns: z.array(z.string().trim().toLowerCase().min(1)).min(1).max(MAX_POOLS),
  }),
]);

const leftOut = z.array(z.string().min(1).max(2_048)).max(4_096).default([]);

export const startInput = z.strictObject({
  fileName,
  pools: poolChoice,
  notes: z.string().trim().max(MAX_TEXT_LENGTH).default(""),
  /** The reason to import images that their catalog does not confirm; null asks for confirmation. */
  mismatchReason: reason.nullable().default(null),
  /** Answers to the questions that the package would lead to, so that they need not wait for them. */
  details: givenDetailsList.default([]),
  leftOut,
});
export type StartInput = Readonly<z.infer<typeof startInput>>;

/** Whether answers about the images of a package are given. */
export function hasGivenDetails({
  details,
  leftOut,
}: Pick<StartInput, "details" | "leftOut">): boolean {
  return details.length + leftOut.length > 0;
}

/** The administrator's details of images that their package does not describe. */
export const describeInput = z.strictObject({
  importId: z.uuid(),
  details: givenDetailsList,
  leftOut,
});
/** The body over HTTP, where the path contains the import id. */
export const describeBody = describeInput.omit({ importId: true });
export type DescribeInput = Readonly<z.infer<typeof describeInput>>;

export const confirmInput = z.strictObject({ importId: z.uuid(), reason });
export const confirmBody = confirmInput.omit({ importId: true });
export type ConfirmInput = Readonly<z.infer<typeof confirmInput>>;

export const cancelInput = z.strictObject({ importId: z.uuid() });
export type CancelInput = Readonly<z.infer<typeof cancelInput>>;
