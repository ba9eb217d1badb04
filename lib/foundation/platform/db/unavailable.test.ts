import { expect, test } from "vitest";
import { AppError } from "#foundation/core/errors";
import {
  isDatabaseUnavailable,
  translateDatabaseOutage,
} from "#foundation/platform/db/unavailable";

test.each([
  ["a refused connection", Object.assign(new Error("refused"), { code: "ECONNREFUSED" })],
  ["a server that shuts down", Object.assign(new Error("terminating"), { code: "57P01" })],
  ["Prisma's code", Object.assign(new Error("cannot reach"), { code: "P1001" })],
  ["the adapter's kind", new Error("adapter", { cause: { kind: "DatabaseNotReachable" } })],
  ["a cause of a cause", new Error("a", { cause: new Error("b", { cause: { code: "08006" } }) })],
  [
    "one of several addresses",
    new AggregateError([{ code: "ETIMEDOUT" }, { code: "ECONNREFUSED" }]),
  ],
  [
    "the driver's error inside Prisma's",
    Object.assign(new Error("database error"), {
      code: "P2039",
      meta: {
        driverAdapterError: new Error("adapter", { cause: { originalCode: "57P03" } }),
      },
    }),
  ],
  ["the driver's words", new Error("Connection terminated unexpectedly")],
  ["a server that does not answer any more", new Error("Query read timeout")],
])("recognises an outage by %s", (_, error) => {
  expect(isDatabaseUnavailable(error)).toBe(true);
});

test.each([
  ["a violated constraint", Object.assign(new Error("duplicate"), { code: "P2002" })],
  ["a defect", new TypeError("x is not a function")],
  ["nothing", undefined],
  ["a text", "ECONNREFUSED"],
])("does not take %s for an outage", (_, error) => {
  expect(isDatabaseUnavailable(error)).toBe(false);
});

test("does not loop on an error that is its own cause", () => {
  const error = new Error("circle");
  error.cause = error;

  expect(isDatabaseUnavailable(error)).toBe(false);
});

test("turns an outage into a refusal that says when to retry, and keeps its cause", () => {
  const cause = Object.assign(new Error("cannot reach"), { code: "P1001" });
  expect(translateDatabaseOutage(cause)).toMatchObject({
    code: "unavailable",
    retryAfterSeconds: 10,
    cause,
  });
});

test.each([
  ["a defect", new TypeError("x is not a function")],
  ["a refusal", new AppError("unavailable", "The directory does not answer.")],
  [
    "a refusal that an outage caused",
    new AppError("conflict", "Try again.", { cause: { code: "P1001" } }),
  ],
])("translates only outages: not %s", (_, error) => {
  expect(translateDatabaseOutage(error)).toBe(error);
});
