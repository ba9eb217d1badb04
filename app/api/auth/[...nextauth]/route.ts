import NextAuth from "next-auth";
import { authOptions } from "#lib/auth/server/auth-options";

// next-auth's route handler takes the parameters it is called with to itself; its own types are looser than Next's.
async function handler(
  request: Request,
  context: { params: Promise<{ nextauth: string[] }> },
): Promise<Response> {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-call -- next-auth 4 declares its route handler as any
  const response: unknown = await NextAuth(authOptions(request.headers))(request, context);
  if (!(response instanceof Response)) {
    throw new TypeError("next-auth answered with something that is no response");
  }
  return response;
}

export { handler as GET, handler as POST };
