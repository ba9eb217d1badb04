import type { LyncDialect } from "#phones/dialect/dialect";

/** The name of the setting that stores the dialect. */
export const DIALECT_SETTING = "lync_dialect";

/** The current dialect. */
export type StoredDialect = {
  readonly dialect: LyncDialect;
  /** Null: the default was never changed. */
  readonly changed: { readonly at: Date; readonly by: string } | null;
  /** True if the stored dialect is no longer valid, and the default is used. */
  readonly isBroken: boolean;
};
