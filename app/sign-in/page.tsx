import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { withMessages } from "#components/shell/client-messages";
import { Logo } from "#components/shell/logo";
import { PreferencesMenu } from "#components/shell/preferences-menu";
import { SignInForm } from "#components/shell/sign-in-form";
import { currentActor } from "#access/auth/server/session";
import { chooseLocale } from "#foundation/i18n/server/choose-locale";
import { safeCallbackPath } from "#foundation/core/callback-path";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signIn");
  return { title: t("title") };
}

type SignInPageProps = {
  readonly searchParams: Promise<{ readonly callbackUrl?: string | string[] }>;
};

async function SignInPage({ searchParams }: SignInPageProps) {
  const callbackPath = safeCallbackPath((await searchParams).callbackUrl);
  if (await isSignedIn()) {
    redirect(callbackPath);
  }
  const t = await getTranslations("signIn");
  const shell = await getTranslations("shell");
  return (
    <div className="flex min-h-dvh flex-col bg-[radial-gradient(60rem_30rem_at_50%_-8rem,var(--accent-soft),transparent)]">
      <header className="flex justify-end p-3">
        <PreferencesMenu chooseLocale={chooseLocale} />
      </header>
      <main className="mx-auto flex w-full max-w-sm flex-1 flex-col justify-center px-5 pb-24">
        <div className="mb-7 flex items-center gap-3">
          <Logo size={40} />
          <div>
            <p className="text-lg leading-6 font-semibold tracking-tight">{shell("appName")}</p>
            <p className="text-[0.8125rem] text-ink-muted">{shell("tagline")}</p>
          </div>
        </div>
        <div className="rounded-xl border border-line bg-surface p-6 shadow-xs max-sm:p-5">
          <h1 className="text-base font-semibold">{t("title")}</h1>
          <p className="mt-1 mb-5 text-[0.8125rem] text-ink-muted">{t("intro")}</p>
          <SignInForm callbackPath={callbackPath} />
        </div>
      </main>
    </div>
  );
}

/** Returns false if the session cannot be read. Signing in then shows that the database is unavailable. */
async function isSignedIn(): Promise<boolean> {
  try {
    return (await currentActor()) !== null;
  } catch {
    return false;
  }
}

export default withMessages(SignInPage, ["shell", "signIn"]);
