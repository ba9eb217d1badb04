import { expect, test } from "vitest";
import type { Reservation } from "#phones/device-logs/server/log-store";
import { reserveRoom } from "#phones/device-logs/server/log-store";

async function reserveMany(count: number, address: string): Promise<readonly Reservation[]> {
  return Promise.all(
    Array.from({ length: count }, () => reserveRoom(1_000, { side: "internal", address })),
  );
}

test("leaves upload slots for other addresses and for the other side", async () => {
  const held = await reserveMany(8, "10.0.0.1");

  await expect(reserveRoom(1_000, { side: "internal", address: "10.0.0.1" })).rejects.toMatchObject(
    { code: "unavailable", retryAfterSeconds: 5 },
  );
  const others = [
    ...(await reserveMany(8, "10.0.0.2")),
    ...(await reserveMany(8, "10.0.0.3")),
    ...(await reserveMany(8, "10.0.0.4")),
  ];
  await expect(reserveRoom(1_000, { side: "internal", address: "10.0.0.5" })).rejects.toMatchObject(
    { code: "unavailable" },
  );
  const outside = await reserveRoom(1_000, { side: "external", address: "10.0.0.1" });

  for (const reservation of [...held, ...others, outside]) {
    await reservation.settle(0);
  }
  const again = await reserveRoom(1_000, { side: "internal", address: "10.0.0.1" });
  await again.settle(0);
});
