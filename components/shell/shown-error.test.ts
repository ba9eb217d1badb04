import { expect, test } from "vitest";
import { toShownError } from "#components/shell/shown-error";

test.each(["unavailable", "forbidden", "unauthenticated"] as const)(
  "shows %s by its name, without a reference",
  (digest) => {
    expect(toShownError({ digest })).toEqual({ kind: digest, reference: null });
  },
);

test("uses the digest of a defect as the reference for the log", () => {
  expect(toShownError({ digest: "3141592653" })).toEqual({
    kind: "defect",
    reference: "3141592653",
  });
});

test.each([
  [{ digest: "conflict" }],
  [new Error("thrown in the browser")],
  ["a string"],
  [null],
  [undefined],
])("%j has nothing to refer to", (error) => {
  expect(toShownError(error)).toEqual({ kind: "defect", reference: null });
});
