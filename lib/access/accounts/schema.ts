import { z } from "zod";
import { ROLES } from "#foundation/core/permissions";
import { nameText } from "#foundation/core/name-text";

export const accountName = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._@\\-]*$/u, "Letters, digits and . _ - @ \\ only.");

/** Length makes a password hard to guess; the upper limit keeps hashing cheap. */
export const password = z.string().min(10, "At least 10 characters.").max(256);

export const createAccountInput = z.strictObject({
  name: accountName,
  password,
  role: z.enum(ROLES),
});
export type CreateAccountInput = z.infer<typeof createAccountInput>;

export const changeAccountInput = z.strictObject({
  accountId: z.uuid(),
  role: z.enum(ROLES).optional(),
  isEnabled: z.boolean().optional(),
  password: password.optional(),
  /** Whether to delete the account's API tokens as well. */
  endTokens: z.boolean().optional(),
});
export type ChangeAccountInput = z.infer<typeof changeAccountInput>;

export const removeAccountInput = z.strictObject({ accountId: z.uuid() });
export type RemoveAccountInput = z.infer<typeof removeAccountInput>;

export const changeOwnPasswordInput = z.strictObject({
  currentPassword: z.string().max(256),
  password,
  /** Whether to delete the account's API tokens as well. */
  endTokens: z.boolean().optional(),
});
export type ChangeOwnPasswordInput = z.infer<typeof changeOwnPasswordInput>;

export const createApiTokenInput = z.strictObject({
  name: nameText(64),
  /** Days until the token expires; null: never. */
  keepDays: z.int().min(1).max(3650).nullable(),
});
export type CreateApiTokenInput = z.infer<typeof createApiTokenInput>;

export const createApiTokenForInput = createApiTokenInput.extend({ accountName });
export type CreateApiTokenForInput = z.infer<typeof createApiTokenForInput>;

export const revokeApiTokenInput = z.strictObject({ tokenId: z.uuid() });
export type RevokeApiTokenInput = z.infer<typeof revokeApiTokenInput>;
