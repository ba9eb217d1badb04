import NextAuth from "next-auth";
import { authOptions } from "#access/auth/server/auth-options";
import { currentActor } from "#access/auth/server/session";
import { problemResponse } from "#foundation/platform/http/problem-response";

type AuthRouteContext = { readonly params: Promise<{ readonly nextauth: readonly string[] }> };

// The route handler of next-auth reads the route parameters itself. Its types are looser than those of Next.
async function handler(request: Request, context: AuthRouteContext): Promise<Response> {
  const [action] = (await context.params).nextauth;
  return action === "session" ? answerSession(request, context) : answerAuth(request, context);
}

/** next-auth trusts only the cookie, so it would report a session that has ended on the server as valid. */
async function answerSession(request: Request, context: AuthRouteContext): Promise<Response> {
  try {
    return (await currentActor()) === null
      ? Response.json({}, { headers: { "cache-control": "private, no-store" } })
      : await answerAuth(request, context);
  } catch (error) {
    return problemResponse(error, { method: request.method, path: "/api/auth/session" });
  }
}

async function answerAuth(request: Request, context: AuthRouteContext): Promise<Response> {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-call -- next-auth 4 declares its route handler as any
  const response: unknown = await NextAuth(authOptions(request.headers))(request, context);
  if (!(response instanceof Response)) {
    throw new TypeError("next-auth answered with something that is no response");
  }
  return response;
}

export { handler as GET, handler as POST };
