import type { LyncDialect } from "#phones/dialect/dialect";

/** The name under which the dialect is kept among the settings. */
export const DIALECT_SETTING = "lync_dialect";

/** The dialect in force. */
export type StoredDialect = {
  readonly dialect: LyncDialect;
  /** Null: nobody has changed the default. */
  readonly changed: { readonly at: Date; readonly by: string } | null;
  /** True where what is stored can no longer be read, and the default is in force. */
  readonly isBroken: boolean;
};
