import { expect, test } from "vitest";
import type { ServiceFacts } from "#phones/check/service-readiness";
import { judgeReadiness } from "#phones/check/service-readiness";

const HEALTHY: ServiceFacts = {
  database: "ok",
  rulesAgeSeconds: 10,
  content: "ok",
  queueDelaySeconds: 0,
  certificate: "ok",
  freeBytes: 1000,
  lowBytes: 100,
  faultyFiles: 0,
};

test("is ready if every part is well, also without a certificate", () => {
  expect(judgeReadiness(HEALTHY)).toMatchObject({ status: "ready" });
  expect(judgeReadiness({ ...HEALTHY, certificate: null })).toMatchObject({ status: "ready" });
});

test.each<[string, string, ServiceFacts]>([
  ["degraded", "database: away", { ...HEALTHY, database: "away" }],
  ["degraded", "database: unwritable", { ...HEALTHY, database: "unwritable" }],
  ["unready", "rules: missing", { ...HEALTHY, rulesAgeSeconds: null }],
  ["unready", "rules: stale", { ...HEALTHY, rulesAgeSeconds: 121 }],
  ["degraded", "content: unwritable", { ...HEALTHY, content: "unwritable" }],
  ["unready", "content: gone", { ...HEALTHY, content: "gone" }],
  ["degraded", "queue: late", { ...HEALTHY, queueDelaySeconds: 301 }],
  ["degraded", "queue: unknown", { ...HEALTHY, queueDelaySeconds: null }],
  ["degraded", "certificate: expires_soon", { ...HEALTHY, certificate: "expires_soon" }],
  ["unready", "certificate: expired", { ...HEALTHY, certificate: "expired" }],
  ["unready", "certificate: not_yet_valid", { ...HEALTHY, certificate: "not_yet_valid" }],
  ["degraded", "disk: low", { ...HEALTHY, freeBytes: 99 }],
  ["degraded", "images: faulty", { ...HEALTHY, faultyFiles: 1 }],
])("is %s with %s", (status, line, facts) => {
  const readiness = judgeReadiness(facts);

  expect(readiness.status).toBe(status);
  const notable = readiness.parts.filter(({ level }) => level !== "ok");
  expect(notable.map(({ name, word }) => `${name}: ${word}`)).toEqual([line]);
});
