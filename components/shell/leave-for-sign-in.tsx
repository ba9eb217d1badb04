import { leaveSignInNotice } from "#components/shell/stored-notice";

/** Leads to the sign-in page, which says why, after the session has ended on the server. */
export async function leaveForSignIn(
  notice: Parameters<typeof leaveSignInNotice>[0],
): Promise<void> {
  leaveSignInNotice(notice);
  try {
    const { signOut } = await import("next-auth/react");
    await signOut({ redirect: false });
  } catch {
    // No network, or a script of an earlier release. The cookie stays, and is worth nothing without its session.
  }
  // A full page load: nothing that was loaded for this account may stay in the browser's memory.
  window.location.assign("/sign-in");
}
