import compile from "icu-minify/compile";
import type { CompiledMessage } from "icu-minify/format";
import type { AbstractIntlMessages } from "use-intl/core";

const compiledTexts = new Map<string, CompiledMessage>();

/** Compiles the texts of these messages, so that the browser needs no parser of ICU messages. */
export function compileMessages(messages: AbstractIntlMessages): AbstractIntlMessages {
  // The type of next-intl has no compiled messages: only its formatter sees them.
  return Object.fromEntries(
    Object.entries(messages).map(([key, value]) => [
      key,
      typeof value === "string" ? compileText(value) : compileMessages(value),
    ]),
  ) as AbstractIntlMessages;
}

/** Memoized by text. */
export function compileText(text: string): CompiledMessage {
  // Most texts are plain, and are their own compiled form.
  if (!/[{}<>#'|]/u.test(text)) {
    return text;
  }
  const known = compiledTexts.get(text);
  if (known !== undefined) {
    return known;
  }
  // React sends only objects with a prototype to the browser, which those of the compiler do not have.
  const result = structuredClone(compile(text));
  // As a string, it would be compiled a second time by `formatMessage`.
  const compiled: CompiledMessage = typeof result === "string" ? [result] : result;
  compiledTexts.set(text, compiled);
  return compiled;
}
