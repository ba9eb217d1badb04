import { globSync, readFileSync } from "node:fs";
import { sep } from "node:path";
import { expect, test } from "vitest";

/** Not for scripts of administrators, and not on their page: the panel, phones and monitoring. */
const ELSEWHERE = [
  /^\/api\/(?:auth|update)\//,
  /^\/api\/(?:live|health|metrics)$/,
  /^\/api\/rules\/<>\/(?:test-phones|files\/<>)$/,
];

const METHOD = /export (?:async )?function (GET|POST|PUT|PATCH|DELETE)\b/g;
/** `GET /api/devices?page=2` in a heading, a table or a sentence. */
const DOCUMENTED = /`(GET|POST|PUT|PATCH|DELETE) (\/api\/[^\s`?]+)/g;

test("the page of the API has every route, and no other", () => {
  const documented = new Set(
    [...readFileSync("docs/api.md", "utf8").matchAll(DOCUMENTED)].map(
      ([, method = "", path = ""]) => `${method} ${path.replaceAll(/<[^>]+>/g, "<>")}`,
    ),
  );

  expect([...documented].toSorted()).toEqual(routes().toSorted());
});

function routes(): readonly string[] {
  return globSync("app/api/**/route.ts").flatMap((file) => {
    const path = `/${file.split(sep).slice(1, -1).join("/")}`.replaceAll(/\[[^/]+\]/g, "<>");
    return ELSEWHERE.some((pattern) => pattern.test(path))
      ? []
      : [...readFileSync(file, "utf8").matchAll(METHOD)].map(([, method]) => `${method} ${path}`);
  });
}
