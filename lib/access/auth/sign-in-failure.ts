/** The reason of a failed sign-in, limited to what the person who signs in may know. */
export type SignInFailure =
  | { readonly kind: "wrong_credentials" }
  | { readonly kind: "throttled"; readonly retryAfterSeconds: number }
  | { readonly kind: "unavailable" }
  | { readonly kind: "defect" };

/** The code that next-auth reports if `authorize` returns null; the other codes are our own. */
const WRONG_CREDENTIALS = "CredentialsSignin";

/**
 * Formats a failure as the message of the error that `authorize` throws: next-auth passes only this string to the
 * sign-in page, where `parseSignInFailure` reads it.
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
