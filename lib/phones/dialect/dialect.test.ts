import fc from "fast-check";
import { expect, test } from "vitest";
import { readXmlTree } from "#formats/xml/xml-tree";
import type { LyncDialect } from "#phones/dialect/dialect";
import { DEFAULT_DIALECT, lyncDialect } from "#phones/dialect/dialect";
import { compileDialect } from "#phones/dialect/dialect-renderer";
import type { LyncModule } from "#formats/protocol/lync-module";
import { aLyncModule, anImage } from "#formats/protocol/testing/lync-modules";
import { TIMESTAMP_FORMATS, formatTimestamp } from "#phones/dialect/timestamp-formats";

function answer(modules: readonly LyncModule[], overrides: Partial<LyncDialect> = {}) {
  return compileDialect(lyncDialect.parse({ ...DEFAULT_DIALECT, ...overrides }))(modules);
}

test("the default renders an update as proposed in device-protocol.md 9.4", () => {
  expect(answer([aLyncModule()])).toEqual({
    status: 200,
    contentType: "text/xml; charset=utf-8",
    body: `<?xml version="1.0" encoding="utf-8"?>
<UpdateResponse downloads="1">
  <Module>
    <Filename>CPE.nbt</Filename>
    <SignatureFilename>CPE.cat</SignatureFilename>
    <Version>4.0.7577.4387</Version>
    <Timestamp>2013-04-10T00:00:00Z</Timestamp>
    <BaseURL>http://pool01.contoso.com/RequestHandler/Files/UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE</BaseURL>
    <ExternalBaseURL>https://web.contoso.com/RequestHandlerExt/Files/UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE</ExternalBaseURL>
  </Module>
</UpdateResponse>
`,
  });
});

test("the default renders an answer without an update as proposed in device-protocol.md 9.4", () => {
  expect(answer([]).body).toBe(
    '<?xml version="1.0" encoding="utf-8"?>\n<UpdateResponse downloads="0"/>\n',
  );
});

test("repeats the marked element for each module, and uses the values of the first module elsewhere", () => {
  const modules = [
    aLyncModule(),
    aLyncModule({ updateType: "RCV", fileName: "RCV.nbt", version: "2" }),
  ];
  const updateTemplate = `<u:R xmlns:u="urn:x" base="{internalBaseUrl}" n="{downloads}"><m><i uc:each="module" v="{version}">{fileName}</i></m></u:R>`;
  const { body } = answer(modules, {
    updateTemplate,
    hasDeclaration: false,
    filesFamily: "device_update_files",
  });
  expect(body?.replaceAll(/\n\s*/g, "")).toBe(
    `<u:R xmlns:u="urn:x" base="http://pool01.contoso.com/DeviceUpdateFiles_Int/UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE" n="2"><m><i v="4.0.7577.4387">CPE.nbt</i><i v="2">RCV.nbt</i></m></u:R>`,
  );
});

test("fills every placeholder", () => {
  const values = {
    updateType: "CPE",
    fromVersion: "4.0.7577.4363",
    internalUrl:
      "http://pool01.contoso.com/RequestHandler/Files/UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE/CPE.nbt",
    externalUrl:
      "https://web.contoso.com/RequestHandlerExt/Files/UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE/CPE.nbt",
    size: "33554432",
    sha256: "0".repeat(64),
    deviceType: "UCPhone",
    vendor: "POLYCOM",
    model: "CX600",
    revision: "A",
    locale: "ENU",
  };
  const attributes = Object.keys(values).map((name) => `${name}="{${name}}"`);
  const { body } = answer([aLyncModule()], { updateTemplate: `<R ${attributes.join(" ")}/>` });
  for (const [name, value] of Object.entries(values)) {
    expect(body).toContain(` ${name}="${value}"`);
  }
});

test("renders missing values as empty texts", () => {
  const module = { image: anImage({ signatureFileName: null }), fromVersion: null };
  const { body } = answer([module], {
    updateTemplate: "<R s='{signatureFileName}' f='{fromVersion}'/>",
  });
  expect(body).toContain('<R s="" f=""/>');
});

test("the answer is well-formed and contains the exact values, for any names", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 40 }).map((value) => `v${value.trim()}`);
  fc.assert(
    fc.property(text, text, (version, fileName) => {
      const { body } = answer([aLyncModule({ version, fileName })], {
        updateTemplate: '<R><m uc:each="module" f="{fileName}"><v>{version}</v></m></R>',
      });
      const reading = readXmlTree(body ?? "");
      expect(reading.kind).toBe("read");
      const module = reading.kind === "read" ? reading.root.children[0] : undefined;
      const storable = (value: string): string =>
        value.replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, "").trim();
      expect(storable(module?.attributes[0]?.value ?? "")).toBe(storable(fileName));
      expect(storable(module?.children[0]?.text ?? "")).toBe(storable(version));
    }),
  );
});

test("a doubled brace is a literal brace", () => {
  expect(answer([], { noUpdateTemplate: '<R id="{{x}}"/>' }).body).toContain('<R id="{x}"/>');
});

test("an answer has no body if its status does not allow one", () => {
  expect(answer([], { noUpdateStatus: 304 })).toMatchObject({ status: 304, body: null });
});

test.each<[string, Record<string, unknown>]>([
  ["broken XML", { updateTemplate: "<R><m></R>" }],
  ["an empty template", { updateTemplate: "" }],
  ["two roots", { updateTemplate: "<R/><R/>" }],
  ["a document type", { updateTemplate: "<!DOCTYPE R><R/>" }],
  ["an unknown placeholder", { updateTemplate: "<R>{verison}</R>" }],
  ["a single brace", { updateTemplate: "<R>{version</R>" }],
  ["a repeated root", { updateTemplate: '<R uc:each="module"/>' }],
  ["an unknown value of uc:each", { updateTemplate: '<R><m uc:each="file"/></R>' }],
  [
    "nested repetitions",
    { updateTemplate: '<R><m uc:each="module"><n uc:each="module"/></m></R>' },
  ],
  ["an undeclared prefix", { updateTemplate: "<u:R/>" }],
  ["a module placeholder without an update", { noUpdateTemplate: "<R>{version}</R>" }],
  ["a repetition without an update", { noUpdateTemplate: '<R><m uc:each="module"/></R>' }],
  ["a header injection", { contentType: "text/xml\r\nx-a: b" }],
  ["a charset other than UTF-8", { contentType: "text/xml; charset=utf-16" }],
  ["an invalid status", { updateStatus: 99 }],
  ["an unknown time format", { timestampFormat: "sundial" }],
  ["an unknown field", { updateTemplte: "<R/>" }],
  ["an unknown name", { requestNames: { modell: ["x"] } }],
  ["an invalid element name", { requestNames: { model: ["a b"] } }],
])("refuses %s", (_, overrides) => {
  expect(lyncDialect.safeParse({ ...DEFAULT_DIALECT, ...overrides }).success).toBe(false);
});

test("the default is a valid dialect", () => {
  expect(lyncDialect.parse(DEFAULT_DIALECT)).toEqual(DEFAULT_DIALECT);
});

test("formats a time in all formats", () => {
  const at = new Date("2013-04-10T13:05:09.250Z");
  expect(TIMESTAMP_FORMATS.map((format) => formatTimestamp(at, format))).toEqual([
    "2013-04-10T13:05:09Z",
    "2013-04-10T13:05:09.250Z",
    "4/10/2013 1:05:09 PM",
    "Wed, 10 Apr 2013 13:05:09 GMT",
    "1365599109",
    "130100727092500000",
  ]);
});
