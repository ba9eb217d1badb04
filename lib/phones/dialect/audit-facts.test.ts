import { expect, test } from "vitest";
import { dialectChanged, dialectReset } from "#phones/dialect/audit-facts";
import { DEFAULT_DIALECT } from "#phones/dialect/dialect";
import { DIALECT_SETTING } from "#phones/dialect/model";

test("a change lists the names of the changed parts, without their content", () => {
  const after = {
    ...DEFAULT_DIALECT,
    updateTemplate: "<R/>",
    requestNames: { model: ["Typ"] },
    updateStatus: 202,
  };

  expect(dialectChanged(DEFAULT_DIALECT, after)).toEqual({
    action: "settings.changed",
    subject: { kind: "settings", id: DIALECT_SETTING, name: "Lync dialect" },
    facts: { changed: ["updateTemplate", "updateStatus", "requestNames"] },
  });
});

test("an equal dialect in another object is not a change", () => {
  const equal = { ...DEFAULT_DIALECT, requestNames: {} };

  expect(dialectChanged(DEFAULT_DIALECT, equal).facts).toEqual({ changed: [] });
});

test("a reset has the same action and subject as a change", () => {
  expect(dialectReset()).toEqual({
    ...dialectChanged(DEFAULT_DIALECT, DEFAULT_DIALECT),
    facts: { reset: true },
  });
});
