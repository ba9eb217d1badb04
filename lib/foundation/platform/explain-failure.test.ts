import { expect, test } from "vitest";
import { AppError } from "#foundation/core/errors";
import { explainFailure } from "#foundation/platform/explain-failure";

test("a refusal explains itself", () => {
  expect(explainFailure(new AppError("conflict", "Port 3000 is in use."))).toBe(
    "Port 3000 is in use.",
  );
});

test("a full disk is named, however deep it lies", () => {
  const full = Object.assign(new Error("write"), { code: "ENOSPC" });

  expect(explainFailure(new Error("copying", { cause: full }))).toBe(
    "The disk is full: free some space and start again.",
  );
});

test("a defect is not explained away", () => {
  expect(explainFailure(new TypeError("x is not a function"))).toBeNull();
});
