import { ADMIN_PASSWORD } from "./service.ts";

/** Signs in as the first administrator and returns the cookies of the session. */
export async function signIn(url: string): Promise<string> {
  const csrf = await fetch(`${url}/api/auth/csrf`);
  const answer: unknown = await csrf.json();
  if (typeof answer !== "object" || answer === null || !("csrfToken" in answer)) {
    throw new Error("the service sent no token for the sign-in");
  }
  const signedIn = await fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    headers: { cookie: toCookies(csrf) },
    body: new URLSearchParams({
      csrfToken: String(answer.csrfToken),
      name: "admin",
      password: ADMIN_PASSWORD,
      json: "true",
    }),
  });
  await signedIn.text();
  const cookies = toCookies(signedIn);
  if (!cookies.includes("session-token")) {
    throw new Error("the service refused the sign-in");
  }
  return cookies;
}

function toCookies({ headers }: Response): string {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(";", 1)[0])
    .join("; ");
}
