import type { Locale } from "#foundation/i18n/locales";
import type { Messages } from "#foundation/i18n/messages";

declare module "next-intl" {
  // Module augmentation works by merging interfaces; a type alias cannot be merged.
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- see above
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}
