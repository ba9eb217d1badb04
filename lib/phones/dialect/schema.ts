import { z } from "zod";
import { lyncDialect } from "#phones/dialect/dialect";

/** `seenAt`: the time of the change that the administrator saw, in ISO 8601; null if the default was shown. */
const seenAt = z.iso.datetime().nullable();

export const changeDialectInput = z.strictObject({ dialect: lyncDialect, seenAt });
export type ChangeDialectInput = z.infer<typeof changeDialectInput>;

export const resetDialectInput = z.strictObject({ seenAt });
export type ResetDialectInput = z.infer<typeof resetDialectInput>;
