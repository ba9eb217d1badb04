"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { readSignInNotice } from "#components/shell/stored-notice";
import { Callout } from "#components/ui/callout";

/** Shows on the sign-in page why the previous session ended. */
export function SignInNotice() {
  const t = useTranslations("signIn.notices");
  const notice = useSyncExternalStore(neverChanges, readSignInNotice, () => null);
  return notice === null ? null : <Callout tone="good" role="status" title={t(notice)} />;
}

/** Only the previous document stores a notice, so it never changes. */
function neverChanges(): () => void {
  return () => undefined;
}
