/** Why signing in did not work, as far as whoever tries may know. */
export type SignInFailure =
  | { readonly kind: "wrong_credentials" }
  | { readonly kind: "throttled"; readonly retryAfterSeconds: number }
  | { readonly kind: "unavailable" }
  | { readonly kind: "defect" };

/** What next-auth itself reports when nobody was found; the others are ours. */
const WRONG_CREDENTIALS = "CredentialsSignin";

/**
 * next-auth hands one string from the server to the sign-in page: the message of what `authorize` threw. This is that
 * string, and `parseSignInFailure` reads it.
 */
export function formatSignInFailure(failure: SignInFailure): string {
  switch (failure.kind) {
    case "wrong_credentials":
      return WRONG_CREDENTIALS;
    case "throttled":
      return `throttled:${failure.retryAfterSeconds}`;
    case "unavailable":
    case "defect":
      return failure.kind;
  }
}

export function parseSignInFailure(text: string): SignInFailure {
  if (text === WRONG_CREDENTIALS) {
    return { kind: "wrong_credentials" };
  }
  if (text === "unavailable") {
    return { kind: "unavailable" };
  }
  const seconds = /^throttled:(\d{1,6})$/u.exec(text)?.[1];
  return seconds === undefined
    ? { kind: "defect" }
    : { kind: "throttled", retryAfterSeconds: Number(seconds) };
}
