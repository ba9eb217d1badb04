"use client";

import { useTranslations } from "next-intl";
import { useLayoutEffect, useRef } from "react";
import { holdPlace } from "#components/shell/hold-place";
import { useTrouble } from "#components/shell/live-connection";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Instant } from "#components/ui/instant";
import { useFailureMessage } from "#components/ui/use-failure-text";

/** Says that the page is outdated, and since when or why. It goes away when the page follows the server again. */
export function LostConnection() {
  const t = useTranslations("shell.live");
  const failureMessage = useFailureMessage();
  const trouble = useTrouble();
  const notice = useRef<HTMLDivElement>(null);

  // Synchronises the scroll position with the notice, which is on the page and not painted yet.
  useLayoutEffect(() => {
    if (trouble !== null && notice.current !== null) {
      notice.current.hidden = true;
      const restorePlace = holdPlace();
      notice.current.hidden = false;
      restorePlace();
    }
  }, [trouble]);

  return (
    <div ref={notice} role="status" className="sticky top-0 z-20 empty:hidden max-md:top-13">
      {trouble?.kind === "lost" && (
        <Callout
          tone="warn"
          actions={
            <Button size="sm" onClick={() => window.location.reload()}>
              {t("retry")}
            </Button>
          }
        >
          {t("lost")} <Instant date={trouble.since} />.
        </Callout>
      )}
      {trouble?.kind === "signed_out" && (
        <Callout tone="warn">{failureMessage({ code: "unauthenticated" })}</Callout>
      )}
    </div>
  );
}
