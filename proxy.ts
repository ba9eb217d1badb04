import type { NextRequest } from "next/server";
import { NextResponse } from "next/server";
import { env } from "#foundation/platform/env";
import { signInPath } from "#foundation/core/callback-path";
import { contentSecurityPolicy } from "#foundation/platform/http/content-security-policy";
import { isCrossSite } from "#foundation/platform/http/cross-site";
import {
  isOverHttps,
  ownHosts,
  NONCE_HEADER,
  PATH_HEADER,
} from "#foundation/platform/http/panel-request";

const SESSION_COOKIES = ["next-auth.session-token", "__Secure-next-auth.session-token"] as const;

/** A server action of an open page. It answers itself that the session has ended: a redirect would be no answer for it. */
const ACTION_HEADER = "next-action";

/** Two years, as the preload list of browsers recommends. */
const HSTS = "max-age=63072000; includeSubDomains";

/**
 * Runs before every page and before the API for browsers: refuses cross-site requests and sets the page's security
 * policy.
 */
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
  if (isPanelPage(pathname) && !hasSession(request) && !headers.has(ACTION_HEADER)) {
    // For convenience, not protection: each page and each use case verifies the session.
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
  // Next reads the nonce for its own scripts from this header.
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  // HSTS applies to every port of the name, so also to plain HTTP beside our own HTTPS. Only an administrator who sets
  // a public URL with https has decided that.
  if (PUBLIC_URL?.startsWith("https:") === true) {
    response.headers.set("strict-transport-security", HSTS);
  }
  return response;
}

function isPanelPage(pathname: string): boolean {
  return !/^\/api(?:\/|$)/.test(pathname) && pathname !== "/sign-in";
}

/** A long token is split over several cookies, numbered from 0. */
function hasSession(request: NextRequest): boolean {
  return SESSION_COOKIES.some(
    (name) => request.cookies.has(name) || request.cookies.has(`${name}.0`),
  );
}

export const config = {
  // Next buffers up to 10 MB of every body that passes here and drops the rest, so uploads and phones are excluded: the
  // route of imports calls `isCrossSite` itself. /RequestHandler and other paths of phones, in any case, are not pages
  // either.
  matcher: [
    "/((?!_next/|api/imports|api/update|api/health|api/metrics|(?i:RequestHandler|DeviceUpdateFiles)|icons?\\.svg|logo\\.svg).*)",
  ],
};
