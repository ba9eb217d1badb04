import { expect, test } from "vitest";
import { parseBasicCredentials } from "#lib/platform/http/basic-credentials";

function encode(text: string): string {
  return Buffer.from(text).toString("base64");
}

test.each([
  [`Basic ${encode("CONTOSO\\adamb:secret")}`, "CONTOSO\\adamb", "secret"],
  [`basic ${encode("adamb:a:b")}`, "adamb", "a:b"],
  [`Basic ${encode("jörg:pässwörd")}`, "jörg", "pässwörd"],
  [`Basic ${encode("adamb:")}`, "adamb", ""],
])("reads %s", (...[header, name, password]) => {
  expect(parseBasicCredentials(header)).toEqual({ name, password });
});

test.each([
  null,
  "",
  "Basic",
  "Basic !!!",
  `Bearer ${encode("adamb:secret")}`,
  `Basic ${encode("adamb")}`,
  `Basic ${encode(":secret")}`,
])("finds no credentials in %j", (header) => {
  expect(parseBasicCredentials(header)).toBeNull();
});
