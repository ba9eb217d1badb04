import { readFileSync, readdirSync } from "node:fs";
import { createTranslator } from "next-intl";
import { z } from "zod";
import type { Locale } from "#foundation/i18n/locales";
import type { Messages } from "#foundation/i18n/messages";

// Unit tests verify that every file has the shape of the panel's types.
const allMessages = z.custom<Messages>((value) => typeof value === "object");

/**
 * The panel's messages in a language. Specs name buttons and headings by message key, so that one scenario runs in
 * every language and a new wording does not break it.
 */
export function messagesOf(locale: Locale): Translate {
  return createTranslator({ locale, messages: readMessages(locale) });
}

export type Translate = ReturnType<typeof createTranslator<Messages>>;

/** The panel imports its messages; a browser test reads the same files, one for each namespace. */
function readMessages(locale: Locale): Messages {
  const folder = new URL(`../../messages/${locale}/`, import.meta.url);
  const namespaces = readdirSync(folder).map((fileName): [string, unknown] => [
    fileName
      .replace(/\.json$/, "")
      .replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
    JSON.parse(readFileSync(new URL(fileName, folder), "utf8")),
  ]);
  return allMessages.parse(Object.fromEntries(namespaces));
}
