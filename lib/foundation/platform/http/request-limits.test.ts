import { expect, test } from "vitest";
import type { RequestHead } from "#foundation/platform/http/request-limits";
import {
  MAX_ANONYMOUS_BODY_BYTES,
  MAX_BODY_BYTES,
  decideRequestLimits,
} from "#foundation/platform/http/request-limits";

const post: RequestHead = {
  method: "POST",
  path: "/api/rules",
  hasBody: true,
  hasCredentials: true,
};

test.each([
  ["an upload with credentials", { ...post, path: "/api/imports" }, { kind: "upload" }],
  [
    "an upload without credentials",
    { ...post, path: "/api/imports", hasCredentials: false },
    { kind: "anonymous_upload" },
  ],
  [
    "an answer to an import",
    { ...post, path: "/api/imports/1/details" },
    { kind: "small", maxBytes: MAX_BODY_BYTES },
  ],
  ["a request of a signed-in user", post, { kind: "small", maxBytes: MAX_BODY_BYTES }],
  [
    "a sign-in",
    { ...post, path: "/api/auth/callback/credentials", hasCredentials: false },
    { kind: "small", maxBytes: MAX_ANONYMOUS_BODY_BYTES },
  ],
  [
    "a server action of a stranger",
    { ...post, path: "/sign-in", hasCredentials: false },
    { kind: "small", maxBytes: MAX_ANONYMOUS_BODY_BYTES },
  ],
  ["a page", { ...post, method: "GET", hasBody: false }, { kind: "none" }],
  [
    "a page that is asked for with a body",
    { ...post, method: "GET" },
    { kind: "small", maxBytes: MAX_BODY_BYTES },
  ],
] as const)("decides the limits of %s", (_, head, limits) => {
  expect(decideRequestLimits(head)).toEqual(limits);
});
