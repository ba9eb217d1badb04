import { z } from "zod";

export type SignInOptions = {
  /** The first administrator by default. */
  readonly name?: string;
  readonly password: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Signs a person in to the panel. Returns the cookies; without a session if the sign-in is refused. */
export async function signIn(
  url: string,
  { name = "admin", password, headers = {} }: SignInOptions,
): Promise<string> {
  const csrf = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await csrf.json());
  const signedIn = await fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    headers: { ...headers, cookie: toCookies(csrf) },
    body: new URLSearchParams({ csrfToken, name, password, json: "true" }),
  });
  await signedIn.text();
  return toCookies(signedIn);
}

function toCookies({ headers }: Response): string {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(";", 1)[0])
    .join("; ");
}
