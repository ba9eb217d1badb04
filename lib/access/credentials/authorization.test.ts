import { expect, test } from "vitest";
import { readAuthorization } from "#access/credentials/authorization";

const TOKEN = { userName: "token", prefix: "ucd_" };

function basic(text: string): string {
  return `Basic ${Buffer.from(text).toString("base64")}`;
}

test.each([
  [null, { kind: "none" }],
  ["  ", { kind: "none" }],
  [basic("adamb:pass:word"), { kind: "basic", name: "adamb", password: "pass:word" }],
  [
    basic(String.raw`CONTOSO\adamb:jörg`),
    { kind: "basic", name: String.raw`CONTOSO\adamb`, password: "jörg" },
  ],
  [
    basic("sip:adamb@contoso.com:x:y"),
    { kind: "basic", name: "sip:adamb@contoso.com", password: "x:y" },
  ],
  [basic("adamb:"), { kind: "basic", name: "adamb", password: "" }],
  [basic("token:ucd_abc"), { kind: "token", secret: "ucd_abc" }],
  [basic("token:other"), { kind: "basic", name: "token", password: "other" }],
  ["bearer ucd_abc", { kind: "token", secret: "ucd_abc" }],
  ["NTLM TlRMTVNTUAAB", { kind: "ntlm", message: "TlRMTVNTUAAB" }],
  ["Negotiate YII=", { kind: "unknown" }],
  ["Basic", { kind: "unknown" }],
  ["Basic !!", { kind: "unknown" }],
  [basic(":password"), { kind: "unknown" }],
  [basic(`${"a".repeat(513)}:password`), { kind: "unknown" }],
  [basic("no-colon"), { kind: "unknown" }],
  [basic("sip:password"), { kind: "unknown" }],
  [`Bearer ${"x".repeat(30_000)}`, { kind: "unknown" }],
])("parses %j", (header, expected) => {
  expect(readAuthorization(header, TOKEN)).toEqual(expected);
});
