import { expect, test } from "vitest";
import { checkService } from "#phones/check/testing/check-service";
import { recorderState } from "#phones/check-log/server/recorder";
import { writeRefusalCounts } from "#phones/check-log/server/refusal-limit";
import { aContext } from "#foundation/core/testing/contexts";
import { findArrivals } from "#fleet/devices/server/find-arrivals";
import { refuseCheck } from "#phones/check-log/server/refuse-check";
import { db } from "#foundation/platform/db/client";
import { UNKNOWN_ASKER } from "#formats/protocol/find-asker";

const { flush } = checkService({ env: { MAX_REFUSED_CHECKS_PER_ADDRESS_PER_HOUR: "5" } });

test("records a limited number of refused checks per address and counts the others", async () => {
  const { unauthenticated: before } = recorderState().outcomes;
  const now = new Date();
  const refuse = (address: string): void => {
    refuseCheck({
      now,
      side: "external",
      dialect: "json",
      address,
      isProbe: false,
      outcome: "unauthenticated",
      refusal: "No credentials.",
      isLogUpload: false,
      poolId: null,
      accountName: null,
      asker: UNKNOWN_ASKER,
    });
  };
  for (let index = 0; index < 200; index += 1) {
    refuse("192.0.2.1");
  }
  refuse("192.0.2.2");
  await flush();
  await writeRefusalCounts();

  expect(await db.deviceCheck.count({ where: { address: "192.0.2.1" } })).toBe(5);
  expect(await db.deviceCheck.count({ where: { address: "192.0.2.2" } })).toBe(1);
  expect(recorderState().outcomes.unauthenticated - before).toBe(201);
  expect(await findArrivals(aContext())).toMatchObject({
    refusals: 195,
    refusalNetworks: [{ network: "192.0.2.1", side: "external", count: 195 }],
  });
});
