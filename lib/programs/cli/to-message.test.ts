import { expect, test } from "vitest";
import { toMessage } from "#programs/cli/to-message";
import { AppError } from "#foundation/core/errors";

test("prints an error on one line", () => {
  expect(toMessage(new AppError("not_found", "There is no such rule."))).toBe(
    "ucupdates: There is no such rule.\n",
  );
});

test("names the option instead of the field", () => {
  const error = new AppError("invalid_input", "Cannot be used.", {
    fields: [{ path: "identifierType", message: "One of two." }],
  });

  expect(toMessage(error)).toBe("ucupdates: --identifier-type: One of two.\n");
});

test("lists several fields below the message", () => {
  const error = new AppError("invalid_input", "Cannot be used.", {
    fields: [
      { path: "name", message: "Too long." },
      { path: "password", message: "Too short." },
    ],
  });

  expect(toMessage(error)).toBe(
    "ucupdates: Cannot be used.\n  --name: Too long.\n  --password: Too short.\n",
  );
});

test("does not print the message of a defect", () => {
  expect(toMessage(new Error("secret internals"))).not.toContain("secret");
});
