import { expect, test } from "vitest";
import { toMessage } from "#programs/cli/to-message";
import { AppError } from "#foundation/core/errors";

test("says what is wrong in one line", () => {
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

test("lists several fields below the sentence", () => {
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

test("keeps the text of a defect to itself", () => {
  expect(toMessage(new Error("secret internals"))).not.toContain("secret");
});
