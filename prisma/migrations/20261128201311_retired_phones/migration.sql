-- A retired phone keeps its row, its checks and its history, and is in no list: it has no row in ListedDevice. Additive:
-- the previous version of the program, which may run at the same time, neither lists nor counts retired phones either.

-- AlterTable
ALTER TABLE "Device" ADD COLUMN     "retiredAt" TIMESTAMPTZ(3),
ADD COLUMN     "retiredBy" TEXT,
ADD COLUMN     "retiredReason" TEXT;

-- CreateTable
CREATE TABLE "DeviceEvent" (
    "id" BIGSERIAL NOT NULL,
    "deviceId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "actorName" TEXT NOT NULL DEFAULT '',
    "reason" TEXT NOT NULL DEFAULT '',
    "facts" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "DeviceEvent_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "DeviceEvent_deviceId_id_idx" ON "DeviceEvent"("deviceId", "id");

-- AddForeignKey
ALTER TABLE "DeviceEvent" ADD CONSTRAINT "DeviceEvent_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma has no words for follows.

-- A routine check of a phone that is not retired changes neither the column nor whether the row is in this index, so that
-- the row is still updated in its page.
CREATE INDEX "Device_retired_idx" ON "Device"("retiredAt") WHERE "retiredAt" IS NOT NULL;

-- A check that a retired phone sends after its retirement ends the retirement, in the statement that records the check. A
-- check that was sent before and is recorded later does not. `retiredAt` lies in the future only if a clock was set back;
-- the clocks of hosts agree to some seconds.
CREATE FUNCTION return_retired_device() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."retiredAt" := NULL;
  NEW."retiredBy" := NULL;
  NEW."retiredReason" := NULL;
  RETURN NEW;
END
$$;

CREATE TRIGGER return_retired_device
  BEFORE UPDATE OF "lastSeenAt" ON "Device"
  FOR EACH ROW WHEN (
    OLD."retiredAt" IS NOT NULL AND NEW."lastSeenAt" <> OLD."lastSeenAt"
      AND (NEW."lastSeenAt" > OLD."retiredAt" OR OLD."retiredAt" > now() + interval '5 minutes')
  )
  EXECUTE FUNCTION return_retired_device();

-- Takes a retired phone out of the lists, and lists one that is no longer retired. A return by a check is an event that
-- has no person.
CREATE FUNCTION list_retired_device() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."retiredAt" IS NOT NULL THEN
    DELETE FROM "ListedDevice" WHERE "deviceId" = NEW."id";
  ELSE
    INSERT INTO "ListedDevice" ("deviceId", "poolId", "kindId", "lastSeenAt")
    VALUES (NEW."id", NEW."poolId", NEW."kindId", NEW."lastSeenAt") ON CONFLICT ("deviceId") DO NOTHING;
    IF NEW."lastSeenAt" <> OLD."lastSeenAt" THEN
      INSERT INTO "DeviceEvent" ("deviceId", "at", "kind") VALUES (NEW."id", NEW."lastSeenAt", 'returned');
    END IF;
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER list_retired_device
  AFTER UPDATE ON "Device"
  FOR EACH ROW WHEN ((OLD."retiredAt" IS NULL) <> (NEW."retiredAt" IS NULL))
  EXECUTE FUNCTION list_retired_device();

CREATE OR REPLACE FUNCTION list_new_devices() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "ListedDevice" ("deviceId", "poolId", "kindId", "lastSeenAt")
  SELECT "id", "poolId", "kindId", "lastSeenAt" FROM changed WHERE "retiredAt" IS NULL;
  RETURN NULL;
END
$$;
