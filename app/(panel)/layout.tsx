import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { PanelShell } from "#components/shell/panel-shell";
import { currentActor } from "#access/auth/server/session";
import { signOutAction } from "#access/auth/server/sign-out";
import { chooseLocale } from "#foundation/i18n/server/choose-locale";
import { HOME_PATH, signInPath } from "#foundation/platform/http/callback-path";
import { PATH_HEADER } from "#foundation/platform/http/panel-request";

type PanelLayoutProps = { readonly children: ReactNode };

/** Navigation for the signed-in user. It protects nothing, because it runs only when the shell is loaded; the use cases authorise. */
export default async function PanelLayout({ children }: PanelLayoutProps) {
  const actor = await currentActor();
  if (actor === null) {
    redirect(signInPath((await headers()).get(PATH_HEADER) ?? HOME_PATH));
  }
  return (
    <PanelShell
      user={{ name: actor.name, role: actor.role }}
      chooseLocale={chooseLocale}
      signOut={signOutAction}
    >
      {children}
    </PanelShell>
  );
}
