import { parseSignInFailure } from "#access/auth/sign-in-failure";
import type { SignInFailure } from "#access/auth/sign-in-failure";

export type Credentials = { readonly name: string; readonly password: string };

/**
 * Signs in at the routes of next-auth. Its own function would leave the page, with what was typed, if the service does not
 * answer.
 */
export async function sendCredentials(credentials: Credentials): Promise<SignInFailure | null> {
  try {
    const csrfToken = textOf(await (await fetch("/api/auth/csrf")).json(), "csrfToken");
    const response = await fetch("/api/auth/callback/credentials", {
      method: "POST",
      body: new URLSearchParams({ ...credentials, csrfToken, json: "true" }),
    });
    const url = new URL(textOf(await response.json(), "url"), window.location.href);
    const error = url.searchParams.get("error");
    return response.ok && error === null ? null : parseSignInFailure(error ?? "");
  } catch {
    // No answer, or not that of next-auth: the service is restarting, or the network is down.
    return { kind: "unavailable" };
  }
}

function textOf(body: unknown, field: string): string {
  const value: unknown =
    typeof body === "object" && body !== null ? Reflect.get(body, field) : undefined;
  if (typeof value !== "string") {
    throw new TypeError(`The answer has no ${field}.`);
  }
  return value;
}
