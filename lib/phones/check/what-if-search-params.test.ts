import { expect, test } from "vitest";
import type { WhatIfSearch } from "#phones/check/what-if-search-params";
import { toWhatIfInput } from "#phones/check/what-if-search-params";
import { aHardware } from "#phones/check/testing/check-data";

const UNCHANGED: WhatIfSearch = {
  deviceType: null,
  brand: null,
  model: null,
  revision: null,
  locale: null,
  updateType: null,
  version: null,
  mac: null,
  serial: null,
  pool: null,
  side: null,
  approve: null,
};

const PHONE = {
  hardware: aHardware(),
  installed: [
    { updateType: "CPE", fileName: "CPE.nbt", version: "4.0.0.0", timestamp: null },
    { updateType: "ROM", fileName: "ROM.nbt", version: "1.0.0.0", timestamp: null },
  ],
  macAddress: "0004F2000176",
  serialNumber: null,
  poolFqdn: "pool01.contoso.com",
  side: "internal",
} as const;

const AS_IT_IS = {
  hardware: aHardware(),
  installed: [
    { updateType: "CPE", version: "4.0.0.0" },
    { updateType: "ROM", version: "1.0.0.0" },
  ],
  macAddress: "0004F2000176",
  serialNumber: "",
  pool: "pool01.contoso.com",
  side: "internal",
  approve: null,
};

test("a URL without parameters describes the stored phone", () => {
  expect(toWhatIfInput(UNCHANGED, PHONE)).toEqual(AS_IT_IS);
});

test("a URL parameter replaces a value, also if it is empty", () => {
  const search = { ...UNCHANGED, model: "CX700", version: "5.0.0.0", mac: "", approve: "rule-1" };

  expect(toWhatIfInput({ ...search, side: "external" }, PHONE)).toEqual({
    ...AS_IT_IS,
    hardware: aHardware({ model: "CX700" }),
    installed: [{ updateType: "CPE", version: "5.0.0.0" }, AS_IT_IS.installed[1]],
    macAddress: "",
    side: "external",
    approve: { ruleId: "rule-1" },
  });
});
