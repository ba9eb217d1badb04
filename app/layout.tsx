import type { Metadata, Viewport } from "next";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { ClientMessages } from "#components/shell/client-messages";
import { EarlyInputScript } from "#components/shell/early-input";
import { Providers } from "#components/shell/providers";
import { TEXT_DIRECTIONS } from "#foundation/i18n/locales";
import { NONCE_HEADER } from "#foundation/platform/http/panel-request";
import { geistMono, geistSans } from "./fonts/fonts";
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return {
    title: { default: t("appName"), template: `%s · ${t("appName")}` },
    robots: { index: false, follow: false },
  };
}

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f7f9fa" },
    { media: "(prefers-color-scheme: dark)", color: "#0c1113" },
  ],
};

type RootLayoutProps = { readonly children: ReactNode };

export default async function RootLayout({ children }: RootLayoutProps) {
  const locale = await getLocale();
  const nonce = (await headers()).get(NONCE_HEADER) ?? "";
  return (
    <html
      lang={locale}
      dir={TEXT_DIRECTIONS[locale]}
      className={`${geistSans.variable} ${geistMono.variable}`}
      // next-themes sets the theme's class before React hydrates.
      suppressHydrationWarning
    >
      <body>
        <EarlyInputScript nonce={nonce} />
        {/* Without this, the provider sends all messages of the language with every page. */}
        <NextIntlClientProvider messages={{}}>
          <ClientMessages namespaces={["common", "errors"]}>
            <Providers nonce={nonce} direction={TEXT_DIRECTIONS[locale]}>
              {children}
            </Providers>
          </ClientMessages>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
