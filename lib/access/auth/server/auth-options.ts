import "server-only";

import type { AuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import type { PasswordAttempt } from "#access/accounts/server/check-password";
import { endSession } from "#access/accounts/server/end-session";
import type { SignIn } from "#access/accounts/server/sign-in";
import { signIn } from "#access/accounts/server/sign-in";
import { MAX_SESSION_SECONDS } from "#access/accounts/session";
import { callerAddress } from "#access/auth/server/caller-address";
import { formatSignInFailure } from "#access/auth/sign-in-failure";
import type { SignInFailure } from "#access/auth/sign-in-failure";
import { AppError } from "#foundation/core/errors";
import { translateDatabaseOutage } from "#foundation/platform/db/unavailable";
import { isOverHttps } from "#foundation/platform/http/panel-request";
import { sessionSecret } from "#foundation/platform/session-secret";
import { log } from "#foundation/platform/log";

const credentials = z.object({
  name: z.string().min(1).max(64),
  password: z.string().min(1).max(256),
});

/**
 * The next-auth options for a request with these headers. The cookie of a session that began over https is never sent
 * over http. This is a function because the build evaluates this module without a secret.
 * The token holds only the session id: every request reads the session, the role and the enabled state of the account,
 * so a change or a sign-out takes effect at once.
 */
export function authOptions(headers: Pick<Headers, "get">): AuthOptions {
  return {
    secret: sessionSecret(),
    session: { strategy: "jwt", maxAge: MAX_SESSION_SECONDS },
    // A separate setting: without it, the token is valid for 720 hours even if the cookie expires earlier.
    jwt: { maxAge: MAX_SESSION_SECONDS },
    useSecureCookies: isOverHttps(headers),
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        credentials: { name: { type: "text" }, password: { type: "password" } },
        async authorize(input, request) {
          const parsed = credentials.safeParse(input);
          if (!parsed.success) {
            return null;
          }
          const address = callerAddress(new Headers(toHeaderPairs(request.headers)));
          const begun = await signInOrThrowCode({ ...parsed.data, address, side: "panel" });
          return begun === null ? null : { id: begun.sessionId, name: begun.account.name };
        },
      }),
    ],
    events: {
      signOut: ({ token }) => endSession(z.uuid().parse(token.sub)),
    },
    callbacks: {
      session({ session, token }) {
        return { ...session, sessionId: token.sub };
      },
    },
  };
}

/** next-auth passes on only the message of the thrown error, so the message is a code. */
async function signInOrThrowCode(attempt: PasswordAttempt): Promise<SignIn | null> {
  try {
    return await signIn(attempt, new Date());
  } catch (error) {
    throw new Error(formatSignInFailure(toSignInFailure(error)), { cause: error });
  }
}

function toSignInFailure(error: unknown): SignInFailure {
  if (error instanceof AppError && error.code === "rate_limited") {
    return { kind: "throttled", retryAfterSeconds: error.retryAfterSeconds ?? 1 };
  }
  const refusal = translateDatabaseOutage(error);
  if (refusal instanceof AppError && refusal.code === "unavailable") {
    return { kind: "unavailable" };
  }
  log().error({ err: error }, "sign-in failed");
  return { kind: "defect" };
}

function toHeaderPairs(headers: unknown): [string, string][] {
  const parsed = z.record(z.string(), z.unknown()).safeParse(headers);
  return Object.entries(parsed.data ?? {}).flatMap(([name, value]): [string, string][] =>
    typeof value === "string" ? [[name, value]] : [],
  );
}
