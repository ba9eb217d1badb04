import { expect, test } from "vitest";
import { readHelperReply } from "#access/ntlm/helper-reply";
import { readNtlmMessage } from "#access/ntlm/message";
import { authenticateMessage, negotiateMessage } from "#access/ntlm/testing/messages";

test("reads the type of a message and its user", () => {
  expect(readNtlmMessage(negotiateMessage())).toEqual({ kind: "negotiate" });
  expect(readNtlmMessage(authenticateMessage({ user: "jörg", domain: "CONTOSO" }))).toEqual({
    kind: "authenticate",
    user: "jörg",
    domain: "CONTOSO",
  });
});

test.each([
  "",
  "NTLM",
  "TlRMTVNTUAAB",
  "TlRMTVNTUAABAAAA\nKK x",
  Buffer.from("NTLMSSP\0\u0002\0\0\0").toString("base64"),
  Buffer.from("Negotiate").toString("base64"),
  "A".repeat(20_000),
])("refuses %j", (text) => {
  expect(readNtlmMessage(text)).toBeNull();
});

test("refuses a truncated response whose fields lie outside of it", () => {
  const whole = Buffer.from(authenticateMessage({ user: "adamb", domain: "CONTOSO" }), "base64");
  for (let length = 0; length < whole.length; length++) {
    expect(readNtlmMessage(whole.subarray(0, length).toString("base64"))).toBeNull();
  }
});

test.each([
  ["TT TlRMTVNTUAACAAAA", { kind: "challenge", token: "TlRMTVNTUAACAAAA" }],
  [String.raw`AF CONTOSO\adamb`, { kind: "accepted", user: String.raw`CONTOSO\adamb` }],
  ["NA NT_STATUS_WRONG_PASSWORD", { kind: "refused" }],
  ["NA NT_STATUS_NO_LOGON_SERVERS", { kind: "unable", reason: "NA NT_STATUS_NO_LOGON_SERVERS" }],
  ["BH NT_STATUS_ACCESS_DENIED", { kind: "unable", reason: "BH NT_STATUS_ACCESS_DENIED" }],
  ["AF", { kind: "unable", reason: "AF" }],
  ["AF ", { kind: "unable", reason: "AF" }],
  ["TT not base64", { kind: "unable", reason: "TT not base64" }],
  ["", { kind: "unable", reason: "" }],
])("parses the helper's %j", (line, expected) => {
  expect(readHelperReply(line)).toEqual(expected);
});
