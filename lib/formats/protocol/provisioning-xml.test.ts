import { expect, test } from "vitest";
import {
  readProvisioning,
  toHandlerUrl,
  writeProvisioning,
} from "#formats/protocol/provisioning-xml";

const PROVISIONING = {
  internalUrl: "https://pool01.contoso.com:443/RequestHandler/ucdevice.upx",
  externalUrl: "https://web.contoso.com:443/RequestHandlerExt/ucdevice.upx",
  isEnabled: true,
};

test("writes the group that phones read", () => {
  expect(writeProvisioning(PROVISIONING)).toBe(`<?xml version="1.0" encoding="utf-8"?>
<provisionGroupList xmlns="http://schemas.microsoft.com/2006/09/sip/provisiongrouplist-notification">
  <provisionGroup name="ServerConfiguration">
    <updatesServerInternalUrl>https://pool01.contoso.com:443/RequestHandler/ucdevice.upx</updatesServerInternalUrl>
    <updatesServerExternalUrl>https://web.contoso.com:443/RequestHandlerExt/ucdevice.upx</updatesServerExternalUrl>
    <updatesServerEnabled>true</updatesServerEnabled>
  </provisionGroup>
</provisionGroupList>
`);
});

test.each([
  PROVISIONING,
  { ...PROVISIONING, isEnabled: false },
  { ...PROVISIONING, internalUrl: "http://[2001:db8::1]:80/a&b/RequestHandler/ucdevice.upx" },
])("reads back what it writes", (provisioning) => {
  expect(readProvisioning(writeProvisioning(provisioning))).toEqual(provisioning);
});

test.each([
  ["nothing", ""],
  ["no XML", "{}"],
  ["another document", "<html/>"],
  [
    "another namespace",
    writeProvisioning(PROVISIONING).replace("provisiongrouplist-notification", "x"),
  ],
  ["another group alone", writeProvisioning(PROVISIONING).replace("ServerConfiguration", "Other")],
  ["a URL that is not HTTP", writeProvisioning(PROVISIONING).replaceAll("https:", "javascript:")],
  ["a document type", `<!DOCTYPE a>${writeProvisioning(PROVISIONING)}`],
])("returns null for %s", (_what, text) => {
  expect(readProvisioning(text)).toBeNull();
});

test.each([
  ["https://pool01.contoso.com", "internal", PROVISIONING.internalUrl],
  ["https://web.contoso.com/", "external", PROVISIONING.externalUrl],
  ["http://pool01:3000", "internal", "http://pool01:3000/RequestHandler/ucdevice.upx"],
  ["http://pool01", "internal", "http://pool01:80/RequestHandler/ucdevice.upx"],
  ["https://web/uc/", "external", "https://web:443/uc/RequestHandlerExt/ucdevice.upx"],
] as const)("builds the handler URL for %s, %s", (baseUrl, side, url) => {
  expect(toHandlerUrl(baseUrl, side)).toBe(url);
});
