import { expect, test } from "vitest";
import { toLoggedError } from "#foundation/platform/log";

test("an error is logged with its message, stack and code, without the connection of the driver", () => {
  const client = { _activeQuery: { text: "SELECT $1", values: ["secret"] } };
  const error = Object.assign(new Error("terminated"), { code: "57P01", client });

  const logged = toLoggedError(error);

  expect(logged).toMatchObject({ type: "Error", message: "terminated", code: "57P01" });
  expect(logged).toHaveProperty("stack");
  expect(JSON.stringify(logged)).not.toContain("secret");
});

test("what is thrown and is no error is logged as it is", () => {
  expect(toLoggedError("gone")).toBe("gone");
});
