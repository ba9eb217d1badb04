-- A phone's site is that of the network that its address belongs to; else that of its pool. Additive: the previous version
-- of the program, which may run at the same time, ignores networks, and the triggers match its phones too.

-- AlterTable
ALTER TABLE "ListedDevice" ADD COLUMN     "networkId" INTEGER;

-- CreateTable
CREATE TABLE "SiteNetwork" (
    "id" SERIAL NOT NULL,
    "siteId" UUID NOT NULL,
    "network" INET NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "createdBy" TEXT NOT NULL,

    CONSTRAINT "SiteNetwork_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "SiteNetwork_network_key" ON "SiteNetwork"("network");

-- CreateIndex
CREATE INDEX "SiteNetwork_siteId_idx" ON "SiteNetwork"("siteId");

-- CreateIndex
CREATE INDEX "SiteNetwork_network_idx" ON "SiteNetwork" USING GIST ("network" inet_ops);

-- AddForeignKey
ALTER TABLE "SiteNetwork" ADD CONSTRAINT "SiteNetwork_siteId_fkey" FOREIGN KEY ("siteId") REFERENCES "Site"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma has no words for follows.

ALTER TABLE "SiteNetwork" ADD CONSTRAINT "SiteNetwork_network_check" CHECK ("network" = network("network")::inet);

-- The network with the longest prefix that contains an address; null if there is none. The lock is that of the writers of
-- networks (`TRANSACTION_LOCKS.siteNetworks`): after a change has committed, no phone is matched with the networks before
-- it. The query sees what was committed while the lock was waited for, because each statement of a volatile function has
-- its own snapshot. An address is only stored in its canonical form, or as `unknown`.
CREATE FUNCTION site_network_of(address text) RETURNS integer LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  found integer;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(7215012);
  IF address ~ '^[0-9a-fA-F.:]+$' THEN
    SELECT "id" INTO found FROM "SiteNetwork" WHERE "network" >>= address::inet
    ORDER BY masklen("network") DESC LIMIT 1;
  END IF;
  RETURN found;
EXCEPTION WHEN invalid_text_representation THEN
  RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION list_new_devices() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "ListedDevice" ("deviceId", "poolId", "kindId", "lastSeenAt", "networkId")
  SELECT "id", "poolId", "kindId", "lastSeenAt", site_network_of("address") FROM changed WHERE "retiredAt" IS NULL;
  RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION list_retired_device() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."retiredAt" IS NOT NULL THEN
    DELETE FROM "ListedDevice" WHERE "deviceId" = NEW."id";
  ELSE
    INSERT INTO "ListedDevice" ("deviceId", "poolId", "kindId", "lastSeenAt", "networkId")
    VALUES (NEW."id", NEW."poolId", NEW."kindId", NEW."lastSeenAt", site_network_of(NEW."address"))
    ON CONFLICT ("deviceId") DO NOTHING;
    IF NEW."lastSeenAt" <> OLD."lastSeenAt" THEN
      INSERT INTO "DeviceEvent" ("deviceId", "at", "kind") VALUES (NEW."id", NEW."lastSeenAt", 'returned');
    END IF;
  END IF;
  RETURN NULL;
END
$$;

-- Matches a phone again when its address changes. A check from the same address costs one comparison.
CREATE FUNCTION match_moved_device() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  matched integer := site_network_of(NEW."address");
BEGIN
  UPDATE "ListedDevice" SET "networkId" = matched
  WHERE "deviceId" = NEW."id" AND "networkId" IS DISTINCT FROM matched;
  RETURN NULL;
END
$$;

CREATE TRIGGER match_moved_device
  AFTER UPDATE OF "address" ON "Device"
  FOR EACH ROW WHEN (NEW."address" <> OLD."address")
  EXECUTE FUNCTION match_moved_device();
