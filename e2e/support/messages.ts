import { readFileSync, readdirSync } from "node:fs";
import { createTranslator } from "next-intl";
import { z } from "zod";
import type { Locale } from "#foundation/i18n/locales";
import type { Messages } from "#foundation/i18n/messages";

// The unit tests hold every file to the shape that the panel's types describe.
const allMessages = z.custom<Messages>((value) => typeof value === "object");

/**
 * What the panel says in a language. Specs name buttons and headings by their message, so that one
 * scenario runs in every language and a renamed button is found where it was renamed.
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
