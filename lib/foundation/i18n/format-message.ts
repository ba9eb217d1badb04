import type { CompiledMessage } from "icu-minify/format";
import formatCompiled from "use-intl/format-message/format-only";
import { compileText } from "#foundation/i18n/compile-messages";

type Options = Parameters<typeof formatCompiled>;

/**
 * Replaces the formatter of use-intl on the server (next.config.js). Components of the server have messages as written,
 * client components those compiled for the browser.
 */
export default function formatMessage(
  key: string,
  message: CompiledMessage,
  ...rest: Options extends [unknown, unknown, ...infer Rest] ? Rest : never
): ReturnType<typeof formatCompiled> {
  return formatCompiled(key, typeof message === "string" ? compileText(message) : message, ...rest);
}
// Compiled messages have no source that `t.raw` could return.
formatMessage.raw = false;
