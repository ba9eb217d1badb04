import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import {
  SONNER_STYLE_HASH,
  contentSecurityPolicy,
} from "#foundation/platform/http/content-security-policy";

const production = { nonce: "bm9uY2U=", isHttps: false, isDevelopment: false };

function directive(policy: string, name: string): string[] {
  const found = policy.split("; ").find((part) => part.split(" ")[0] === name);
  return found?.split(" ").slice(1) ?? [];
}

test("allows scripts only with the nonce of this response, and no eval", () => {
  const sources = directive(contentSecurityPolicy(production), "script-src");
  expect(sources).toEqual(["'self'", "'nonce-bm9uY2U='", "'strict-dynamic'"]);
});

test("requires the nonce for style elements, but not for style attributes", () => {
  const policy = contentSecurityPolicy(production);
  expect(directive(policy, "style-src")).not.toContain("'unsafe-inline'");
  expect(directive(policy, "style-src")).toContain("'nonce-bm9uY2U='");
  expect(directive(policy, "style-src-attr")).toEqual(["'unsafe-inline'"]);
});

test.each(["frame-ancestors", "object-src", "base-uri", "frame-src"])("denies %s", (name) => {
  expect(directive(contentSecurityPolicy(production), name)).toEqual(["'none'"]);
});

test("allows pages to connect only to their own server", () => {
  const policy = contentSecurityPolicy(production);
  expect(directive(policy, "connect-src")).toEqual(["'self'"]);
  expect(directive(policy, "form-action")).toEqual(["'self'"]);
  expect(directive(policy, "default-src")).toEqual(["'self'"]);
});

test("upgrades requests only if the panel is reached over HTTPS", () => {
  expect(contentSecurityPolicy(production)).not.toContain("upgrade-insecure-requests");
  expect(contentSecurityPolicy({ ...production, isHttps: true })).toContain(
    "upgrade-insecure-requests",
  );
});

test("never allows inline scripts, not even during development", () => {
  const sources = directive(
    contentSecurityPolicy({ ...production, isDevelopment: true }),
    "script-src",
  );
  expect(sources).not.toContain("'unsafe-inline'");
});

test("the hash is that of the style that the installed sonner inserts", () => {
  const source = readFileSync(createRequire(import.meta.url).resolve("sonner"), "utf8");
  const literal = /__insertCSS\(("(?:[^"\\]|\\.)*")\)/u.exec(source)?.[1] ?? '""';
  const style: unknown = JSON.parse(literal);
  const digest = createHash("sha256").update(String(style)).digest("base64");
  expect(SONNER_STYLE_HASH).toBe(`sha256-${digest}`);
});
