import { db } from "#foundation/platform/db/client";

export const MANY_DEVICES = {
  phones: 6_000,
  poolId: "00000000-0000-4000-8000-000000000001",
  kinds: 20,
  /** One phone in 500 is of this kind, and all others are of the other kinds. */
  rareKind: 7,
} as const;

/** Fills an empty inventory with phones that last checked a second apart, by SQL. */
export async function fillManyDevices(): Promise<void> {
  const { phones, poolId, kinds, rareKind } = MANY_DEVICES;
  await db.$executeRaw`
    INSERT INTO "PhoneKind" ("id", "digest", "deviceType", "brand", "model", "revision", "locale", "hardwareKey",
      "installed")
    SELECT number, sha256(number::text::bytea), 'UCPhone', 'POLYCOM', 'CX' || number, 'A', 'ENU', 'key' || number, '[]'
    FROM generate_series(1, ${kinds}::int) number`;
  await db.$executeRaw`
    INSERT INTO "Device" ("id", "deviceKey", "macAddress", "serialNumber", "deviceType", "brand", "model", "revision",
      "locale", "hardwareKey", "kindId", "poolId", "address", "side", "installed", "offered", "judgements", "outcome",
      "trigger", "firstSeenAt", "lastSeenAt")
    SELECT gen_random_uuid(), 'mac:' || number, lpad(to_hex(number), 12, '0'), 'S' || lpad(number::text, 8, '0'),
      'UCPhone', 'POLYCOM', 'CX', 'A', 'ENU', 'key',
      CASE WHEN number % 500 = 0 THEN ${rareKind} ELSE 8 + number % (${kinds} - 8) END,
      ${poolId}::uuid, '10.0.' || number / 256 || '.' || number % 256, 'internal', '[]', '[]',
      jsonb_build_array(repeat('x', 300)), 'no_rule', 'boot', now(), now() - make_interval(secs => number)
    FROM generate_series(1, ${phones}::int) number`;
  await db.$executeRaw`VACUUM ANALYZE "Device", "ListedDevice", "PhoneKind"`;
}
