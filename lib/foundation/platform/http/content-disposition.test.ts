import { expect, test } from "vitest";
import { attachmentNamed } from "#foundation/platform/http/content-disposition";

test.each([
  ["CPE.nbt", `attachment; filename="CPE.nbt"; filename*=UTF-8''CPE.nbt`],
  ["été 1.cat", `attachment; filename="_t_ 1.cat"; filename*=UTF-8''%C3%A9t%C3%A9%201.cat`],
  [
    `a"\r\nSet-Cookie: x`,
    `attachment; filename="a___Set-Cookie: x"; filename*=UTF-8''a%22%0D%0ASet-Cookie%3A%20x`,
  ],
  [
    "it's (1)*.nbt",
    `attachment; filename="it's (1)*.nbt"; filename*=UTF-8''it%27s%20%281%29%2A.nbt`,
  ],
])("quotes the file name %j safely", (fileName, header) => {
  expect(attachmentNamed(fileName)).toBe(header);
});

test("accepts half of a surrogate pair", () => {
  expect(attachmentNamed("\ud800.nbt")).toContain("%EF%BF%BD.nbt");
});
