import { expect, test } from "vitest";
import { AppError } from "#foundation/core/errors";
import { problemMessage } from "#foundation/platform/http/problem-message";

test("returns a problem that closes the connection and names the path without its query", () => {
  const reason = new AppError("conflict", "The table is full — später.", {
    retryAfterSeconds: 4.2,
  });
  const { status, text, headers } = problemMessage(reason, "/api/update/check?password=x");

  expect(status).toBe(409);
  expect(JSON.parse(text)).toMatchObject({
    type: "/problems/conflict",
    detail: "The table is full — später.",
    instance: "/api/update/check",
  });
  expect(headers).toEqual({
    "content-type": "application/problem+json",
    "content-length": String(Buffer.byteLength(text)),
    "cache-control": "no-store",
    connection: "close",
    "retry-after": "5",
  });
});

test("omits Retry-After if the refusal has no retry time", () => {
  const { headers } = problemMessage(new AppError("invalid_input", "No."));
  expect(headers).not.toHaveProperty("retry-after");
});
