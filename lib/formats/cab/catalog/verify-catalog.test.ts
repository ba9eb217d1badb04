import { createHash } from "node:crypto";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { aCatalog, aSigner } from "#formats/cab/catalog/testing/catalogs";
import type { Signer } from "#formats/cab/catalog/testing/catalogs";
import { readTrustRoot, verifyCatalog } from "#formats/cab/catalog/verify-catalog";

const IMAGE = digestsOf("the image");
const OTHER = digestsOf("another image");

function digestsOf(content: string): { sha1: string; sha256: string } {
  return {
    sha1: createHash("sha1").update(content).digest("hex"),
    sha256: createHash("sha256").update(content).digest("hex"),
  };
}

let root: Signer;
let signer: Signer;

beforeAll(async () => {
  root = await aSigner({
    commonName: "Example Root",
    isAuthority: true,
    notBefore: new Date("2010-01-01T00:00:00Z"),
    notAfter: new Date("2030-01-01T00:00:00Z"),
  });
  signer = await aSigner({ commonName: "Example Phones", issuer: root });
});

test.each([
  ["SHA-1", { digests: [OTHER.sha1, IMAGE.sha1] }],
  ["SHA-256", { digests: [IMAGE.sha256] }],
  ["SHA-256 as identifier alone", { digests: [IMAGE.sha256], isIdentifierOnly: true }],
  ["SHA-256, wrapped as newer writers do", { digests: [IMAGE.sha256], isWrapped: true }],
])("verifies an image by its %s digest and says who signed", async (_how, options) => {
  const catalog = await aCatalog({ signer, ...options });

  expect(await verifyCatalog(catalog, IMAGE)).toEqual({
    verdict: "verified",
    signature: { signer: "Example Phones", isValid: true, trust: "not_checked" },
  });
});

test("reports an image that a valid catalog does not list", async () => {
  const catalog = await aCatalog({ signer, digests: [OTHER.sha1, OTHER.sha256] });

  expect(await verifyCatalog(catalog, IMAGE)).toMatchObject({
    verdict: "not_in_catalog",
    signature: { isValid: true },
  });
});

test("reports a missing catalog", async () => {
  expect(await verifyCatalog(null, IMAGE)).toEqual({ verdict: "no_catalog" });
});

test("trusts a chain to a given root even if the signer's certificate has expired since signing", async () => {
  const catalog = await aCatalog({ signer, digests: [IMAGE.sha256] });

  expect(await verifyCatalog(catalog, IMAGE, [root.certificate])).toMatchObject({
    verdict: "verified",
    signature: { trust: "trusted" },
  });
});

test("does not trust a chain to another root, even if the catalog contains that root", async () => {
  const stranger = await aSigner({ commonName: "Example Root", isAuthority: true });
  const selfSigned = await aSigner({ commonName: "Example Phones" });

  const byStranger = await aCatalog({ signer, digests: [IMAGE.sha256] });
  const bySelf = await aCatalog({ signer: selfSigned, digests: [IMAGE.sha256] });

  expect(await verifyCatalog(byStranger, IMAGE, [stranger.certificate])).toMatchObject({
    verdict: "unreadable_catalog",
    signature: { isValid: true, trust: "untrusted" },
  });
  expect(await verifyCatalog(bySelf, IMAGE, [root.certificate])).toMatchObject({
    verdict: "unreadable_catalog",
    signature: { trust: "untrusted" },
  });
});

test("does not trust a certificate that is not for signing code", async () => {
  const webServer = await aSigner({
    commonName: "www.example.org",
    issuer: root,
    keyPurposes: ["1.3.6.1.5.5.7.3.1"],
  });
  const catalog = await aCatalog({ signer: webServer, digests: [IMAGE.sha256] });

  expect(await verifyCatalog(catalog, IMAGE, [root.certificate])).toMatchObject({
    signature: { isValid: true, trust: "untrusted" },
  });
});

test("does not trust a catalog created when its certificate was not valid", async () => {
  const catalog = await aCatalog({
    signer,
    digests: [IMAGE.sha256],
    issuedAt: new Date("2015-01-01T00:00:00Z"),
  });

  expect(await verifyCatalog(catalog, IMAGE, [root.certificate])).toMatchObject({
    signature: { trust: "untrusted" },
  });
});

test("rejects a catalog that was changed after signing", async () => {
  const catalog = await aCatalog({ signer, digests: [OTHER.sha256] });
  const forged = Buffer.from(catalog);
  Buffer.from(IMAGE.sha256, "hex").copy(forged, forged.indexOf(Buffer.from(OTHER.sha256, "hex")));

  expect(await verifyCatalog(forged, IMAGE)).toMatchObject({
    verdict: "unreadable_catalog",
    signature: { isValid: false },
  });
});

test("rejects another kind of trust list as a catalog", async () => {
  const catalog = await aCatalog({
    signer,
    digests: [IMAGE.sha256],
    usage: "1.3.6.1.4.1.311.10.3.9",
  });

  expect(await verifyCatalog(catalog, IMAGE)).toMatchObject({
    verdict: "unreadable_catalog",
    signature: null,
  });
});

test("returns a verdict for any bytes, including a truncated or damaged catalog", async () => {
  const catalog = await aCatalog({ signer, digests: [IMAGE.sha256] });
  const damaged = fc
    .tuple(fc.nat({ max: catalog.length - 1 }), fc.integer({ min: 1, max: 255 }))
    .map(([at, flip]) => catalog.map((byte, index) => (index === at ? byte ^ flip : byte)));
  const cutOff = fc.nat({ max: catalog.length - 1 }).map((length) => catalog.subarray(0, length));
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.uint8Array(), damaged, cutOff), async (bytes) => {
      const { verdict } = await verifyCatalog(bytes, IMAGE, [root.certificate]);
      expect(["verified", "unreadable_catalog", "not_in_catalog"]).toContain(verdict);
    }),
    { numRuns: 300 },
  );
});

test("reads a root certificate and returns null for other bytes", () => {
  const der = new Uint8Array(root.certificate.toSchema().toBER());

  expect(readTrustRoot(der)?.subject.isEqual(root.certificate.subject)).toBe(true);
  expect(readTrustRoot(Uint8Array.of(1, 2, 3))).toBeNull();
});
