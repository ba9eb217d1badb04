"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { Callout } from "#components/ui/callout";

/** Why a session ended, as far as the person in front of the browser ended it. */
const NOTICES = ["signed_out", "password_changed"] as const;
type Notice = (typeof NOTICES)[number];

const KEY = "ucupdates.signInNotice";

/** Keeps a notice for the sign-in page. It stays in this tab: the sign-in page is a new document at an address of its own. */
export function leaveSignInNotice(notice: Notice): void {
  try {
    sessionStorage.setItem(KEY, notice);
  } catch {
    // The browser forbids storage: the sign-in page shows no notice.
  }
}

export function clearSignInNotice(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing could be stored either.
  }
}

/** Confirms on the sign-in page what ended the session before. */
export function SignInNotice() {
  const t = useTranslations("signIn.notices");
  const notice = useSyncExternalStore(neverChanges, readNotice, () => null);
  return notice === null ? null : <Callout tone="good" role="status" title={t(notice)} />;
}

function readNotice(): Notice | null {
  try {
    const stored = sessionStorage.getItem(KEY);
    return NOTICES.find((notice) => notice === stored) ?? null;
  } catch {
    return null;
  }
}

/** A notice is only left by the document before. */
function neverChanges(): () => void {
  return () => undefined;
}
