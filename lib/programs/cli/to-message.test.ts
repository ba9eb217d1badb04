import { expect, test } from "vitest";
import { toMessage } from "#programs/cli/to-message";
import { AppError } from "#foundation/core/errors";

test("prints an error on one line", () => {
  expect(toMessage(new AppError("not_found", "There is no such rule."))).toBe(
    "ucupdates: There is no such rule.\n",
  );
});

test.each([
  ["an option", "--identifier-type", "ucupdates: --identifier-type: One of two.\n"],
  ["an argument", "<id>", "ucupdates: <id>: One of two.\n"],
  ["what has no name", "", "ucupdates: One of two.\n"],
  ["a parameter of --query", "query.state.0", "ucupdates: --query: state: One of two.\n"],
  ["a part of a file", "details.0.model", "ucupdates: Cannot be used.\n"],
])("says what is wrong with %s", (_what, path, text) => {
  const error = new AppError("invalid_input", "Cannot be used.", {
    fields: [{ path, message: "One of two." }],
  });

  expect(toMessage(error)).toBe(text);
});

test("does not repeat a message that says everything", () => {
  const message = "There is no site named Berlin.";
  const error = new AppError("invalid_input", message, { fields: [{ path: "--site", message }] });

  expect(toMessage(error)).toBe(`ucupdates: ${message}\n`);
});

test("lists several fields below the message", () => {
  const error = new AppError("invalid_input", "Cannot be used.", {
    fields: [
      { path: "--name", message: "Too long." },
      { path: "--password", message: "Too short." },
    ],
  });

  expect(toMessage(error)).toBe(
    "ucupdates: Cannot be used.\n  --name: Too long.\n  --password: Too short.\n",
  );
});

test("does not print the message of a defect", () => {
  expect(toMessage(new Error("secret internals"))).not.toContain("secret");
});
