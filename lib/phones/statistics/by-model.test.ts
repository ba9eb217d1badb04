import { expect, test } from "vitest";
import { groupByModel } from "#phones/statistics/by-model";

test("the counts of a model are summed over its versions and spellings", () => {
  const models = groupByModel([
    { brand: "POLYCOM", model: "CX600", version: "2.0", figure: "up_to_date", phones: 7 },
    { brand: "Polycom", model: "cx600", version: "1.0", figure: "update_due", phones: 2 },
    { brand: "POLYCOM", model: "CX600", version: "1.0", figure: "in_trouble", phones: 1 },
    { brand: "POLYCOM", model: "CX700", version: "", figure: "unknown", phones: 20 },
  ]);

  expect(models).toEqual([
    {
      brand: "POLYCOM",
      model: "CX700",
      phones: 20,
      upToDate: 0,
      inTrouble: 0,
      versions: [{ version: "", phones: 20 }],
    },
    {
      brand: "POLYCOM",
      model: "CX600",
      phones: 9,
      upToDate: 7,
      inTrouble: 1,
      versions: [
        { version: "2.0", phones: 7 },
        { version: "1.0", phones: 2 },
      ],
    },
  ]);
});
