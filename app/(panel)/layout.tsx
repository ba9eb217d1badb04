import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { COLUMNS_COOKIE, readChosenColumns } from "#components/data-table/chosen-columns";
import { ColumnChoices } from "#components/data-table/use-column-visibility";
import { ClientMessages } from "#components/shell/client-messages";
import { NAVIGATION_COOKIE, readNavigationState } from "#components/shell/navigation-state";
import { PanelShell } from "#components/shell/panel-shell";
import { pageContext, panelContext } from "#access/auth/server/panel-context";
import { signOutAction } from "#access/auth/server/sign-out";
import { chooseLocale } from "#foundation/i18n/server/choose-locale";
import { log } from "#foundation/platform/log";
import { countWaiting } from "#phones/statistics/server/count-waiting";
import type { WaitingCounts } from "#phones/statistics/waiting";

type PanelLayoutProps = { readonly children: ReactNode };

/** Navigation for the signed-in user. It protects nothing, because it runs only when the shell is loaded; the use cases authorise. */
export default async function PanelLayout({ children }: PanelLayoutProps) {
  const { actor, now } = await pageContext();
  const remembered = await cookies();
  const navigation = readNavigationState(remembered.get(NAVIGATION_COOKIE)?.value);
  const columns = readChosenColumns(remembered.get(COLUMNS_COOKIE)?.value);
  return (
    <ClientMessages namespaces={["shell", "table"]}>
      <PanelShell
        user={{ name: actor.name, role: actor.role }}
        navigation={navigation}
        loadedAt={now}
        waiting={findWaiting()}
        chooseLocale={chooseLocale}
        signOut={signOutAction}
      >
        <ColumnChoices atFirst={columns}>{children}</ColumnChoices>
      </PanelShell>
    </ClientMessages>
  );
}

/** Never rejects: the navigation works without its counts, and the page shows what failed. */
async function findWaiting(): Promise<WaitingCounts | null> {
  try {
    return await countWaiting(await panelContext());
  } catch (error) {
    log().debug({ err: error }, "could not count what waits");
    return null;
  }
}
