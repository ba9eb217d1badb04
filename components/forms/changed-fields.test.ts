import { expect, test } from "vitest";
import { changedFields } from "#components/forms/changed-fields";

const SHOWN = { name: "pool01", domains: ["contoso.com"], isDefault: false };

test("has no field that is as it was shown", () => {
  expect(changedFields(SHOWN, { ...SHOWN, domains: ["contoso.com"] })).toEqual({});
});

test("has each field that differs", () => {
  const fields = { ...SHOWN, domains: [], isDefault: true };
  expect(changedFields(SHOWN, fields)).toEqual({ domains: [], isDefault: true });
});
