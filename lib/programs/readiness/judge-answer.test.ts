import { expect, test } from "vitest";
import { judgeOutside } from "#programs/readiness/judge-answer";
import type { SeenAnswer } from "#programs/readiness/model";

const NOW = new Date("2027-01-01T00:00:00Z");

function answered(url: string, status: number): SeenAnswer {
  return {
    kind: "answered",
    url,
    status,
    headers: { "content-type": "application/problem+json" },
    body: Buffer.from("{}"),
    aheadMs: 0,
    certificate: null,
  };
}

test("accepts a 403 over plain HTTP: this service refuses unencrypted credentials with it", () => {
  const codesAt = (url: string, status: number) =>
    judgeOutside(answered(url, status), NOW).map(({ code }) => code);

  expect(codesAt("http://web.contoso.com:3001/", 403)).not.toContain("wrong_server");
  expect(codesAt("https://web.contoso.com/", 403)).toContain("wrong_server");
  expect(codesAt("http://web.contoso.com:3001/", 404)).toContain("wrong_server");
});
