import { expect, test } from "vitest";
import { orderTables } from "#foundation/platform/db/dump/table-order";

test("puts a table after those that it refers to, and otherwise orders by name", () => {
  const references = [
    { from: "Device", to: "Pool" },
    { from: "Pool", to: "Site" },
    { from: "Account", to: "Account" },
  ];

  expect(orderTables(["Device", "Pool", "Site", "Account"], references)).toEqual([
    "Account",
    "Site",
    "Pool",
    "Device",
  ]);
});

test("refuses tables that refer to each other", () => {
  const circle = [
    { from: "A", to: "B" },
    { from: "B", to: "A" },
  ];

  expect(() => orderTables(["A", "B", "C"], circle)).toThrow("in a circle: A, B.");
});
