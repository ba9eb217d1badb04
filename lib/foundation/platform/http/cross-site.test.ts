import { expect, test } from "vitest";
import { isCrossSite } from "#foundation/platform/http/cross-site";

function aRequest(
  headers: Record<string, string>,
  method = "POST",
  ownHosts: readonly string[] = [],
) {
  return { method, headers: new Headers({ host: "panel.contoso.com:3000", ...headers }), ownHosts };
}

test.each([
  ["a form of another site", { origin: "https://evil.example" }],
  ["another port of the same host", { origin: "http://panel.contoso.com:8080" }],
  [
    "a host whose name only begins like ours",
    { origin: "http://panel.contoso.com:3000.evil.example" },
  ],
  ["a sandboxed page", { origin: "null" }],
  ["an origin that is no URL", { origin: "panel.contoso.com:3000" }],
  ["what the browser calls cross-site", { "sec-fetch-site": "cross-site" }],
  ["another host of our domain", { "sec-fetch-site": "same-site" }],
  [
    "a browser that contradicts a forged-looking origin",
    { "sec-fetch-site": "cross-site", origin: "http://panel.contoso.com:3000" },
  ],
  [
    "basic credentials, which browsers add by themselves",
    { origin: "https://evil.example", authorization: "Basic YTpi" },
  ],
])("refuses %s", (_who, headers) => {
  expect(isCrossSite(aRequest(headers))).toBe(true);
});

test.each([
  ["our own page under a name with a dot at the end", { origin: "http://panel.contoso.com.:3000" }],
  [
    "our own page, whose name the client writes in capitals",
    { host: "PANEL.contoso.com:3000", origin: "http://panel.contoso.com:3000" },
  ],
  [
    "our own page under another form of the address",
    { host: "[2001:DB8:0::1]", origin: "https://[2001:db8::1]" },
  ],
  [
    "our own page, whose port the client writes out",
    { host: "panel.contoso.com:443", origin: "https://panel.contoso.com" },
  ],
  ["our own page", { origin: "http://panel.contoso.com:3000" }],
  ["our own page over https", { "sec-fetch-site": "same-origin" }],
  ["an address that a person typed", { "sec-fetch-site": "none" }],
  ["a phone or a script, which send neither header", {}],
  [
    "a bearer token, which no browser adds by itself",
    { origin: "https://evil.example", authorization: "Bearer x" },
  ],
])("accepts %s", (_who, headers) => {
  expect(isCrossSite(aRequest(headers))).toBe(false);
});

test("does not check reads, because links from other sites must work", () => {
  expect(isCrossSite(aRequest({ "sec-fetch-site": "cross-site" }, "GET"))).toBe(false);
  expect(isCrossSite(aRequest({ origin: "https://evil.example" }, "head"))).toBe(false);
});

test.each(["PUT", "PATCH", "DELETE", "post"])("reports %s from another site", (method) => {
  expect(isCrossSite(aRequest({ origin: "https://evil.example" }, method))).toBe(true);
});

test("accepts the public name behind a proxy that changes the host", () => {
  const request = aRequest({ origin: "https://updates.contoso.com" }, "POST", [
    "updates.contoso.com",
  ]);
  expect(isCrossSite(request)).toBe(false);
});
