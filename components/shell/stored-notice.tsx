/** The reasons for which the user ended the session. */
const NOTICES = ["signed_out", "password_changed"] as const;
type Notice = (typeof NOTICES)[number];

const KEY = "ucupdates.signInNotice";

/** Stores a notice for the sign-in page in the session storage of this tab, because the sign-in page is a new document. */
export function leaveSignInNotice(notice: Notice): void {
  try {
    sessionStorage.setItem(KEY, notice);
  } catch {
    // The browser forbids storage, so the sign-in page shows no notice.
  }
}

export function clearSignInNotice(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // The browser forbids storage, so no notice was stored.
  }
}

/** Returns null if the previous document of this tab stored no notice. */
export function readSignInNotice(): Notice | null {
  try {
    const stored = sessionStorage.getItem(KEY);
    return NOTICES.find((notice) => notice === stored) ?? null;
  } catch {
    return null;
  }
}
