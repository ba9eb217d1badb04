"use client";

import { useTranslations } from "next-intl";
import { useLostConnection } from "#components/shell/live-connection";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Instant } from "#components/ui/instant";

/** Says that the page is outdated, and since when. It goes away when the page follows the server again. */
export function LostConnection() {
  const t = useTranslations("shell.live");
  const lostAt = useLostConnection();
  return (
    <div role="status" className="sticky top-0 z-20 empty:hidden max-md:top-13">
      {lostAt !== null && (
        <Callout
          tone="warn"
          actions={
            <Button size="sm" onClick={() => window.location.reload()}>
              {t("retry")}
            </Button>
          }
        >
          {t("lost")} <Instant date={lostAt} />.
        </Callout>
      )}
    </div>
  );
}
