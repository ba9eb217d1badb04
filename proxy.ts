import type { NextRequest } from "next/server";
import { NextResponse } from "next/server";
import { env } from "#foundation/platform/env";
import { signInPath } from "#foundation/platform/http/callback-path";
import { contentSecurityPolicy } from "#foundation/platform/http/content-security-policy";
import { isCrossSite } from "#foundation/platform/http/cross-site";
import { isOverHttps } from "#foundation/platform/http/is-over-https";
import { ownHosts } from "#foundation/platform/http/own-hosts";
import { NONCE_HEADER, PATH_HEADER } from "#foundation/platform/http/panel-headers";

const SESSION_COOKIES = ["next-auth.session-token", "__Secure-next-auth.session-token"] as const;

/** Two years, as browsers ask of hosts that mean it. */
const HSTS = "max-age=63072000; includeSubDomains";

/** In front of every page and of the API that browsers use: refuses forged requests and sets the page's policy. */
export function proxy(request: NextRequest): NextResponse {
  const { method, headers } = request;
  if (isCrossSite({ method, headers, ownHosts: ownHosts() })) {
    return NextResponse.json(
      {
        type: "/problems/forbidden",
        title: "Not allowed",
        status: 403,
        detail: "Sent by another site.",
      },
      { status: 403, headers: { "content-type": "application/problem+json" } },
    );
  }
  const { pathname, search } = request.nextUrl;
  if (isPanelPage(pathname) && !hasSession(request)) {
    // A courtesy, not protection: whether the session is good is asked by the page and by every use case.
    return NextResponse.redirect(new URL(signInPath(`${pathname}${search}`), request.url));
  }
  return withPolicy(request);
}

function withPolicy(request: NextRequest): NextResponse {
  const { NODE_ENV, PUBLIC_URL } = env();
  const nonce = crypto.randomUUID();
  const isHttps = isOverHttps(request.headers);
  const isDevelopment = NODE_ENV === "development";
  const policy = contentSecurityPolicy({ nonce, isHttps, isDevelopment });
  const headers = new Headers(request.headers);
  headers.set(NONCE_HEADER, nonce);
  headers.set(PATH_HEADER, `${request.nextUrl.pathname}${request.nextUrl.search}`);
  // Next reads the nonce for its own scripts from here.
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  // Holds for every port of the name, so for plain HTTP beside our own HTTPS as well: only who names an address for
  // browsers, and names one with https, has decided that.
  if (PUBLIC_URL?.startsWith("https:") === true) {
    response.headers.set("strict-transport-security", HSTS);
  }
  return response;
}

function isPanelPage(pathname: string): boolean {
  return !pathname.startsWith("/api/") && pathname !== "/sign-in";
}

/** A long token is split over several cookies, numbered from 0. */
function hasSession(request: NextRequest): boolean {
  return SESSION_COOKIES.some(
    (name) => request.cookies.has(name) || request.cookies.has(`${name}.0`),
  );
}

export const config = {
  // Next keeps up to 10 MB of every body that passes here and cuts off the rest, so uploads and phones stay outside: the
  // route of imports asks `isCrossSite` itself. What phones know as /RequestHandler and the like, in any case, is no page
  // either.
  matcher: [
    "/((?!_next/|api/imports|api/update|api/health|api/metrics|(?i:RequestHandler|DeviceUpdateFiles)|icon\\.svg|logo\\.svg).*)",
  ],
};
