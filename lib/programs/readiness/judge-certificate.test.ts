import { expect, test } from "vitest";
import { judgeCertificate } from "#programs/readiness/judge-certificate";
import { DAY_MS } from "#foundation/core/time";

const NOW = new Date("2026-11-22T08:00:00Z");

test.each([
  { left: 30, lifetime: 90, expected: [] },
  { left: 2, lifetime: 6, expected: [] },
  { left: 22, lifetime: 90, expected: ["certificate_expires_soon"] },
  { left: 29, lifetime: 365, expected: ["certificate_expires_soon"] },
])(
  "finds $expected in a certificate with $left of $lifetime days left",
  ({ left, lifetime, expected }) => {
    const validTo = new Date(NOW.getTime() + left * DAY_MS);
    const findings = judgeCertificate(
      "pool01.contoso.com",
      {
        coversHost: true,
        names: ["pool01.contoso.com"],
        validFrom: new Date(validTo.getTime() - lifetime * DAY_MS),
        validTo,
        trustError: null,
        chainLength: 2,
      },
      NOW,
    );

    expect(findings.map(({ code }) => code)).toEqual(expected);
  },
);
