import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { CheckRequest } from "#formats/protocol/check-request";
import { lyncReader } from "#formats/protocol/lync-xml";

const read = lyncReader();

/** Fixtures of device messages are never deleted: a message that was readable once must stay readable. */
function fixture(name: string): string {
  return readFileSync(new URL(`testing/fixtures/lync/${name}.xml`, import.meta.url), "utf8");
}

function requestOf(text: string, reader = read): CheckRequest {
  const reading = reader(text);
  if (reading.kind === "refused") {
    throw new Error(reading.problem);
  }
  return reading.request;
}

const complete: CheckRequest = {
  hardware: {
    deviceType: "UCPhone",
    brand: "POLYCOM",
    model: "CX600",
    revision: "A",
    locale: "ENU",
  },
  macAddress: "0004F2000176",
  serialNumber: "07823-A345",
  user: "CONTOSO\\adamb",
  trigger: null,
  installed: [
    {
      updateType: "CPE",
      fileName: "CPE.nbt",
      version: "4.0.7577.4363",
      timestamp: "2013-01-10T09:00:00Z",
    },
  ],
};

test.each(["elements", "attributes", "soap"])(
  "reads the same from %s, for any root, namespace and depth",
  (name) => {
    expect(requestOf(fixture(name))).toEqual(complete);
  },
);

test("accepts a phone without MAC address and serial number", () => {
  expect(requestOf(fixture("blank-marks"))).toEqual({
    ...complete,
    macAddress: null,
    serialNumber: null,
    user: null,
    installed: [],
  });
});

test("reads well-formed XML without known names as an unknown phone", () => {
  expect(requestOf("<anything/>")).toEqual({
    hardware: { deviceType: "", brand: "", model: "", revision: "", locale: "" },
    macAddress: null,
    serialNumber: null,
    user: null,
    trigger: null,
    installed: [],
  });
});

test.each([
  ["a document type", fixture("document-type")],
  ["an undeclared entity", "<a>&model;</a>"],
  ["text that is not XML", "downloads=0"],
  ["an empty body", ""],
  ["broken XML", "<a><b></a>"],
  ["a value longer than any real one", `<a><Model>${"x".repeat(200)}</Model></a>`],
  ["a control character", "<a><Model>CX\u0007600</Model></a>"],
  ["more modules than any phone has", `<a>${"<Module Name='CPE.nbt'/>".repeat(40)}</a>`],
])("refuses %s and states the reason", (_, text) => {
  const reading = read(text);
  expect(reading.kind).toBe("refused");
  expect(reading).toHaveProperty("problem", expect.stringMatching(/\S/));
});

test("prefers earlier names and skips empty values", () => {
  const { hardware } = requestOf(
    "<a><Brand>second</Brand><Vendor/><Manufacturer>first</Manufacturer></a>",
  );
  expect(hardware.brand).toBe("first");
});

test("does not use fields of a module as fields of the phone", () => {
  const text = `<a><Module Type="image" Name="CPE.nbt" Locale="DEU"/><Type>UCPhone</Type></a>`;
  expect(requestOf(text).hardware).toMatchObject({ deviceType: "UCPhone", locale: "" });
});

test.each([
  [
    "a list under the name of its items",
    "<a><Image><File Name='A.nbt'/><File Name='B.nbt'/></Image></a>",
  ],
  ["bare names", "<a><Modules><File>A.nbt</File><File>B.nbt</File></Modules></a>"],
])("finds every module in %s", (_, text) => {
  expect(requestOf(text).installed.map(({ updateType }) => updateType)).toEqual(["A", "B"]);
});

test("reads the name of a module from an inner element with a module name", () => {
  const { installed } = requestOf(
    "<a><Module><File>CPE.nbt</File><Version>1.0</Version></Module></a>",
  );
  expect(installed).toMatchObject([{ updateType: "CPE", fileName: "CPE.nbt", version: "1.0" }]);
});

test("drops modules without a name, and reads a missing version as one that differs from every version", () => {
  const { installed } = requestOf("<a><Module Ver='1.0'/><Module Name='CPE.nbt'/></a>");
  expect(installed).toEqual([
    { updateType: "CPE", fileName: "CPE.nbt", version: "", timestamp: null },
  ]);
});

test("tries names that an administrator added before the built-in ones", () => {
  const reader = lyncReader({ model: ["hw-Id"], module: ["Slot"], version: ["sw"] });
  const request = requestOf(
    "<a><Model>guess</Model><hwID>CX700</hwID><Slot Name='CPE.nbt' SW='1.0'/></a>",
    reader,
  );
  expect(request.hardware.model).toBe("CX700");
  expect(request.installed).toMatchObject([{ updateType: "CPE", version: "1.0" }]);
});

test("ignores an invalid MAC address when the rest is valid", () => {
  expect(requestOf("<a><MAC>unknown</MAC><SN>1</SN></a>")).toMatchObject({
    macAddress: null,
    serialNumber: "1",
  });
});
