import { expect, test } from "vitest";
import { checkService } from "#phones/check/testing/check-service";
import { aStoredUpdate, reloadRules } from "#phones/check/testing/stored-update";
import { aContext } from "#foundation/core/testing/contexts";
import { planReadiness } from "#programs/readiness/run-readiness";
import { aFaultyFile } from "#programs/readiness/readiness-set-ups";
import { db } from "#foundation/platform/db/client";
import { aPool, act } from "#firmware/rules/testing/rules";

checkService();

test("names the files that phones cannot download, and does not use them as a sample", async () => {
  const { ruleId, sha256 } = await aStoredUpdate(await aPool(), { version: "4.0.7577.4387" });
  await act("approve", ruleId);
  await db.blob.update({
    where: { sha256 },
    data: { problem: "damaged", problemSince: new Date() },
  });
  await reloadRules();
  const { pools } = await planReadiness(aContext({ role: "operator" }));

  expect(pools).toMatchObject([{ sample: null, faultyFiles: [aFaultyFile("damaged")] }]);
});
