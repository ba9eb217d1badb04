"use client";

import { useSyncExternalStore } from "react";
import { MESSAGES } from "#foundation/i18n/messages";
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
  const { errors, common } = MESSAGES[locale];
  return (
    <html lang={locale}>
      <body>
        <title>{errors.defect.title}</title>
        <main className="grid min-h-dvh place-items-center px-6 text-center">
          <div role="alert" className="max-w-md">
            <h1 className="text-base font-semibold">{errors.defect.title}</h1>
            <p className="mt-1.5 text-ink-muted">{errors.defect.description}</p>
            <button
              type="button"
              onClick={retry}
              className="mt-5 h-8 rounded-md bg-accent px-3 text-sm font-medium text-on-accent hover:bg-accent-hover"
            >
              {common.retry}
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
