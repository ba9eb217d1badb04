import { expect, test } from "vitest";
import { firstBaseUrls } from "#programs/first-base-urls";

const PLAIN = {
  poolFqdn: "pool01.contoso.com",
  publicUrl: null,
  port: 3000,
  tlsPort: null,
  external: null,
};

test.each([
  ["plain HTTP alone", {}, "http://pool01.contoso.com:3000", "http://pool01.contoso.com:3000"],
  [
    "a public address",
    { publicUrl: "https://updates.contoso.com" },
    "https://updates.contoso.com",
    "https://updates.contoso.com",
  ],
  [
    "HTTPS inside, and nothing else for the outside",
    { tlsPort: 3443 },
    "http://pool01.contoso.com:3000",
    "https://pool01.contoso.com:3443",
  ],
  [
    "HTTPS outside",
    { tlsPort: 3443, external: { port: 8443, isTls: true } },
    "http://pool01.contoso.com:3000",
    "https://pool01.contoso.com:8443",
  ],
  [
    "the usual ports",
    { port: 80, tlsPort: 8443, external: { port: 443, isTls: true } },
    "http://pool01.contoso.com",
    "https://pool01.contoso.com",
  ],
  [
    "plain HTTP outside, for a proxy",
    { external: { port: 3001, isTls: false } },
    "http://pool01.contoso.com:3000",
    "http://pool01.contoso.com:3001",
  ],
  [
    "HTTPS inside with a public address over it",
    { publicUrl: "https://updates.contoso.com", tlsPort: 443 },
    "https://updates.contoso.com",
    "https://updates.contoso.com",
  ],
] as const)("%s", (...[, listeners, internalBaseUrl, externalBaseUrl]) => {
  expect(firstBaseUrls({ ...PLAIN, ...listeners })).toEqual({ internalBaseUrl, externalBaseUrl });
});
