import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "#foundation/core/errors";
import type { Locale } from "#foundation/i18n/locales";
import { LOCALE_COOKIE, TEXT_DIRECTIONS } from "#foundation/i18n/locales";
import { negotiateLocale } from "#foundation/i18n/negotiate-locale";
import { respondProblem } from "#foundation/platform/http/problem-message";

const RETRY_AFTER_SECONDS = 5;

/** Not in messages/: the process that sends them does not load the texts of the panel. */
const SENTENCES = {
  en: "The panel is starting or busy. This page loads again by itself in a few seconds. Phones are answered as usual.",
  fr: "Le panneau démarre ou est occupé. Cette page se recharge d'elle-même dans quelques secondes. Les téléphones reçoivent leurs réponses comme d'habitude.",
  de: "Das Panel startet gerade oder ist ausgelastet. Diese Seite wird in einigen Sekunden von selbst neu geladen. Telefone erhalten ihre Antworten wie gewohnt.",
  es: "El panel se está iniciando o está ocupado. Esta página se vuelve a cargar sola en unos segundos. Los teléfonos reciben sus respuestas como siempre.",
  ja: "パネルは起動中か、混み合っています。このページは数秒後に自動的に再読み込みされます。電話機への応答は通常どおり行われています。",
  ar: "لوحة الإدارة قيد بدء التشغيل أو مشغولة. سيُعاد تحميل هذه الصفحة تلقائيًا بعد بضع ثوانٍ. تتلقى الهواتف الردود كالمعتاد.",
} as const satisfies Record<Locale, string>;

/** Answers a request for the panel while the panel cannot: a page for browsers, a problem for scripts. */
export function respondPanelAway(request: IncomingMessage, response: ServerResponse): void {
  if (!(request.headers.accept ?? "").includes("text/html")) {
    const reason = new AppError("unavailable", "The panel is starting or busy.", {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
    respondProblem(response, reason, request.url);
    return;
  }
  const locale = negotiateLocale(localeCookie(request), request.headers["accept-language"]);
  const page = `<!doctype html><html lang="${locale}" dir="${TEXT_DIRECTIONS[locale]}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>ucupdates</title><p>${SENTENCES[locale]}</p></html>`;
  response.writeHead(503, {
    "content-type": "text/html; charset=utf-8",
    "content-length": Buffer.byteLength(page),
    "content-security-policy": "default-src 'none'",
    "cache-control": "no-store",
    "retry-after": String(RETRY_AFTER_SECONDS),
    // Browsers follow it, unlike Retry-After: the page that was asked for appears as soon as it can be served.
    refresh: String(RETRY_AFTER_SECONDS),
  });
  response.end(request.method === "HEAD" ? undefined : page);
}

function localeCookie({ headers }: IncomingMessage): string | undefined {
  const prefix = `${LOCALE_COOKIE}=`;
  return headers.cookie
    ?.split(";")
    .map((cookie) => cookie.trim())
    .find((cookie) => cookie.startsWith(prefix))
    ?.slice(prefix.length);
}
