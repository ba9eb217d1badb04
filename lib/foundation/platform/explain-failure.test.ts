import { expect, test } from "vitest";
import { AppError } from "#foundation/core/errors";
import { explainFailure } from "#foundation/platform/explain-failure";

test("returns the message of an AppError", () => {
  expect(explainFailure(new AppError("conflict", "Port 3000 is in use."))).toBe(
    "Port 3000 is in use.",
  );
});

test("names a full disk at any depth of causes", () => {
  const full = Object.assign(new Error("write"), { code: "ENOSPC" });

  expect(explainFailure(new Error("copying", { cause: full }))).toBe(
    "The disk is full: free some space and start again.",
  );
});

test("names a database that does not answer", () => {
  const away = Object.assign(new Error("terminated"), { code: "57P01" });

  expect(explainFailure(new Error("reading", { cause: away }))).toBe(
    "The database did not answer in time: check that PostgreSQL runs and is not overloaded, and start again.",
  );
});

test("returns null for a defect", () => {
  expect(explainFailure(new TypeError("x is not a function"))).toBeNull();
});
