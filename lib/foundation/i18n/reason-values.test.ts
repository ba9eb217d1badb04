import { createTranslator } from "use-intl/core";
import { expect, test } from "vitest";
import type { RefusalReason } from "#foundation/core/refusal-reason";
import type { Locale } from "#foundation/i18n/locales";
import { MESSAGES } from "#foundation/i18n/messages";
import { toReasonValues } from "#foundation/i18n/reason-values";

/** Formats a reason as the panel does. A missing value is an error. */
function toText(reason: RefusalReason, locale: Locale): string {
  const t = createTranslator({
    locale,
    messages: MESSAGES[locale].errors.reasons,
    onError: (error) => {
      throw error;
    },
  });
  return t(reason.code, toReasonValues(reason, locale)).replaceAll(/[\u00a0\u202f]/gu, " ");
}

test.each<[RefusalReason, string, string]>([
  [
    { code: "upload_too_large", maxBytes: 2_147_483_648 },
    "The file is larger than 2.1 GB, the limit of this service (MAX_UPLOAD_BYTES).",
    "Le fichier dépasse 2,1 Go, la limite de ce service (MAX_UPLOAD_BYTES).",
  ],
  [
    { code: "unknown_pool", fqdn: "pool02.contoso.com" },
    "The pool pool02.contoso.com no longer exists. Choose the pools again.",
    "Le pool pool02.contoso.com n’existe plus. Choisissez à nouveau les pools.",
  ],
  [
    { code: "undescribed_file", path: "boot/updater.ld" },
    "“boot/updater.ld” is not described. Describe this file or leave it out.",
    "« boot/updater.ld » n’est pas décrit. Décrivez ce fichier ou laissez-le de côté.",
  ],
  [{ code: "upload_empty" }, "The file is empty.", "Le fichier est vide."],
  [
    { code: "upload_incomplete" },
    "The upload stopped before it was complete. Upload the file again.",
    "L’envoi s’est interrompu avant la fin. Envoyez à nouveau le fichier.",
  ],
  [
    { code: "upload_disk_full" },
    "The disk with the data directory is full. Free some space and upload the file again.",
    "Le disque du répertoire de données est plein. Libérez de la place et envoyez à nouveau le fichier.",
  ],
  [
    { code: "content_store_away" },
    "The store of firmware files cannot be reached. Try again when it is available.",
    "Le stockage des micrologiciels est injoignable. Réessayez quand il sera de nouveau disponible.",
  ],
  [
    { code: "no_pools" },
    "There is no pool yet. Create one first.",
    "Il n’y a pas encore de pool. Créez-en un d’abord.",
  ],
])("formats %j in both languages", (reason, english, french) => {
  expect(toText(reason, "en")).toBe(english);
  expect(toText(reason, "fr")).toBe(french);
});
