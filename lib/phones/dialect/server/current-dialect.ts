import "server-only";
import { DIALECT_SETTING } from "#phones/dialect/model";
import { log } from "#foundation/platform/log";
import { DEFAULT_DIALECT, lyncDialect } from "#phones/dialect/dialect";
import type { DialectRenderer } from "#phones/dialect/dialect-renderer";
import { compileDialect } from "#phones/dialect/dialect-renderer";
import type { LyncReader } from "#formats/protocol/lync-xml";
import { lyncReader } from "#formats/protocol/lync-xml";
import { liveSetting } from "#foundation/settings/server/live-settings";

/** The current dialect in compiled form, so that a check only concatenates strings. */
export type PreparedDialect = {
  readonly read: LyncReader;
  readonly render: DialectRenderer;
};

export const currentDialect: () => PreparedDialect = liveSetting(DIALECT_SETTING, prepare);

function prepare(stored: unknown): PreparedDialect {
  const parsed = stored === undefined ? null : lyncDialect.safeParse(stored);
  if (parsed?.success === false) {
    // It was valid when it was saved, so an older release wrote it. Phones must still be answered.
    log().warn({ err: parsed.error }, "The stored dialect is invalid; the default is used");
  }
  const dialect = parsed?.success === true ? parsed.data : DEFAULT_DIALECT;
  return { read: lyncReader(dialect.requestNames), render: compileDialect(dialect) };
}
