"use client";

import { useSyncExternalStore } from "react";
import { FATAL_MESSAGES } from "#foundation/i18n/fatal-messages";
import { TEXT_DIRECTIONS } from "#foundation/i18n/locales";
import { negotiateLocale } from "#foundation/i18n/negotiate-locale";
import "./globals.css";

type GlobalErrorProps = { readonly error: unknown; readonly retry: () => void };

/** Replaces the root layout after it failed, so the language and theme that the layout provides are missing. */
export default function GlobalError({ retry }: GlobalErrorProps) {
  const accepted = useSyncExternalStore(
    never,
    () => navigator.language,
    () => "",
  );
  const locale = negotiateLocale(undefined, accepted);
  const { title, description, retry: retryLabel } = FATAL_MESSAGES[locale];
  return (
    <html lang={locale} dir={TEXT_DIRECTIONS[locale]}>
      <body>
        <title>{title}</title>
        <main className="grid min-h-dvh place-items-center px-6 text-center">
          <div role="alert" className="max-w-md">
            <h1 className="text-base font-semibold">{title}</h1>
            <p className="mt-1.5 text-ink-muted">{description}</p>
            <button
              type="button"
              onClick={retry}
              className="mt-5 h-8 rounded-md bg-accent px-3 text-sm font-medium text-on-accent hover:bg-accent-hover"
            >
              {retryLabel}
            </button>
          </div>
        </main>
      </body>
    </html>
  );
}

function never(): () => void {
  return () => undefined;
}
