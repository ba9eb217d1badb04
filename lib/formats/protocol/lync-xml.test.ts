import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { CheckRequest } from "#formats/protocol/check-request";
import { lyncReader } from "#formats/protocol/lync-xml";

const read = lyncReader();

/** Device messages are kept for ever: a phone that was understood once must stay so. */
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
  "reads the same from %s, whatever the root, the namespace and the depth",
  (name) => {
    expect(requestOf(fixture(name))).toEqual(complete);
  },
);

test("accepts a phone that says neither MAC address nor serial number", () => {
  expect(requestOf(fixture("blank-marks"))).toEqual({
    ...complete,
    macAddress: null,
    serialNumber: null,
    user: null,
    installed: [],
  });
});

test("reads well-formed XML that says nothing we know as a phone that nobody knows", () => {
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
  ["an entity that stands for nothing", "<a>&model;</a>"],
  ["what is not XML", "downloads=0"],
  ["an empty body", ""],
  ["broken XML", "<a><b></a>"],
  ["a value longer than any real one", `<a><Model>${"x".repeat(200)}</Model></a>`],
  ["a control character", "<a><Model>CX\u0007600</Model></a>"],
  ["more modules than any phone has", `<a>${"<Module Name='CPE.nbt'/>".repeat(40)}</a>`],
])("refuses %s and says why", (_, text) => {
  const reading = read(text);
  expect(reading.kind).toBe("refused");
  expect(reading).toHaveProperty("problem", expect.stringMatching(/\S/));
});

test("prefers the names that stand first, and skips those that are empty", () => {
  const { hardware } = requestOf(
    "<a><Brand>second</Brand><Vendor/><Manufacturer>first</Manufacturer></a>",
  );
  expect(hardware.brand).toBe("first");
});

test("does not take what a module says for what the phone says", () => {
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

test("takes the name of a module from an element inside it that is called like a module", () => {
  const { installed } = requestOf(
    "<a><Module><File>CPE.nbt</File><Version>1.0</Version></Module></a>",
  );
  expect(installed).toMatchObject([{ updateType: "CPE", fileName: "CPE.nbt", version: "1.0" }]);
});

test("leaves out modules without a name, and counts those without a version as different from every version", () => {
  const { installed } = requestOf("<a><Module Ver='1.0'/><Module Name='CPE.nbt'/></a>");
  expect(installed).toEqual([
    { updateType: "CPE", fileName: "CPE.nbt", version: "", timestamp: null },
  ]);
});

test("looks for the names an administrator added before its own", () => {
  const reader = lyncReader({ model: ["hw-Id"], module: ["Slot"], version: ["sw"] });
  const request = requestOf(
    "<a><Model>guess</Model><hwID>CX700</hwID><Slot Name='CPE.nbt' SW='1.0'/></a>",
    reader,
  );
  expect(request.hardware.model).toBe("CX700");
  expect(request.installed).toMatchObject([{ updateType: "CPE", version: "1.0" }]);
});

test("ignores a MAC address that cannot be read, as long as the rest can", () => {
  expect(requestOf("<a><MAC>unknown</MAC><SN>1</SN></a>")).toMatchObject({
    macAddress: null,
    serialNumber: "1",
  });
});
