import { expect, test } from "vitest";
import { installedVersions, shownModule } from "#fleet/devices/installed-modules";

function aModule(updateType: string, version: string) {
  return { updateType, version, fileName: "", timestamp: null };
}

const BOOT_FIRST = [aModule("Boot", "1.0"), aModule("CPE", "4.0"), aModule("cpe", "3.0")];

test("of two modules of one type, the first with a version counts", () => {
  expect(installedVersions(BOOT_FIRST)).toEqual(
    new Map([
      ["boot", "1.0"],
      ["cpe", "4.0"],
    ]),
  );
  expect(installedVersions([aModule("CPE", ""), aModule("CPE", "3.0")]).get("cpe")).toBe("3.0");
});

test("shows the module that a rule covers, not a boot loader that comes first", () => {
  expect(shownModule(BOOT_FIRST, [{ updateType: "CPE" }])).toEqual({
    updateType: "cpe",
    version: "4.0",
  });
});

test("shows the first module if there is no rule", () => {
  expect(shownModule(BOOT_FIRST, [])).toEqual({ updateType: "boot", version: "1.0" });
  expect(shownModule([aModule("CPE", "")], [])).toBeNull();
});
