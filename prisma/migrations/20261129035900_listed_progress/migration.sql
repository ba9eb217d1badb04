-- What lists of phones filter by besides their kinds: how far their updates are, and the text that identifies them. Reading
-- it from "Device" means reading ten times as many pages. Additive: the previous version of the program, which may run at
-- the same time, ignores both, and the triggers write them for it too.

-- AlterTable
ALTER TABLE "ListedDevice" ADD COLUMN     "progressStage" TEXT,
ADD COLUMN     "searchText" TEXT COLLATE "C" NOT NULL DEFAULT '';

-- CreateIndex
CREATE INDEX "Device_firstSeenAt_idx" ON "Device"("firstSeenAt");

-- What Prisma has no words for follows.

-- Reading all narrow rows takes some 20 ms. To start parallel workers takes as long, and they take the processors from
-- phones.
ALTER TABLE "ListedDevice" SET (parallel_workers = 0);

-- What the facts alone say about the most urgent update of a phone (`ProgressState` in lib/fleet/devices/progress-state.ts):
-- `running`, `other_version`, `downloading` or `offered`. `installing` is an update that was downloaded and does not run:
-- times and serial numbers decide which state that is. The states are valid for a phone that is not silent; an update
-- that does not run means otherwise that the phone never came back. Null: no update.
CREATE FUNCTION progress_stage(progress jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN progress = '{}' THEN NULL
    WHEN NOT jsonb_path_exists(progress, '$.* ? (!exists(@.runningAt) || exists(@.lostAt))') THEN 'running'
    WHEN jsonb_path_exists(progress,
      '$.* ? ((exists(@.downloadedAt) && !exists(@.runningAt) || exists(@.lostAt)) && !exists(@.otherVersion))')
      THEN 'installing'
    WHEN jsonb_path_exists(progress, '$.* ? ((!exists(@.runningAt) || exists(@.lostAt)) && exists(@.otherVersion))')
      THEN 'other_version'
    WHEN jsonb_path_exists(progress, '$.* ? (!exists(@.runningAt) && exists(@.startedAt))') THEN 'downloading'
    ELSE 'offered'
  END
$$;

CREATE OR REPLACE FUNCTION list_new_devices() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "ListedDevice"
    ("deviceId", "poolId", "kindId", "lastSeenAt", "networkId", "progressStage", "searchText")
  SELECT "id", "poolId", "kindId", "lastSeenAt", site_network_of("address"), progress_stage("progress"),
    phone_search_text("macAddress", "serialNumber", "address", "userName")
  FROM changed WHERE "retiredAt" IS NULL;
  RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION list_retired_device() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."retiredAt" IS NOT NULL THEN
    DELETE FROM "ListedDevice" WHERE "deviceId" = NEW."id";
  ELSE
    INSERT INTO "ListedDevice"
      ("deviceId", "poolId", "kindId", "lastSeenAt", "networkId", "progressStage", "searchText")
    VALUES (NEW."id", NEW."poolId", NEW."kindId", NEW."lastSeenAt", site_network_of(NEW."address"),
      progress_stage(NEW."progress"),
      phone_search_text(NEW."macAddress", NEW."serialNumber", NEW."address", NEW."userName"))
    ON CONFLICT ("deviceId") DO NOTHING;
    IF NEW."lastSeenAt" <> OLD."lastSeenAt" THEN
      INSERT INTO "DeviceEvent" ("deviceId", "at", "kind") VALUES (NEW."id", NEW."lastSeenAt", 'returned');
    END IF;
  END IF;
  RETURN NULL;
END
$$;

-- A check that changes neither progress nor identity costs the comparisons of the conditions. No index has these columns,
-- so that the row is updated in its page.
CREATE FUNCTION list_progress() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "ListedDevice" SET "progressStage" = progress_stage(NEW."progress") WHERE "deviceId" = NEW."id";
  RETURN NULL;
END
$$;

CREATE TRIGGER list_progress
  AFTER UPDATE OF "progress" ON "Device"
  FOR EACH ROW WHEN (
    NEW."progress" <> OLD."progress"
      AND progress_stage(NEW."progress") IS DISTINCT FROM progress_stage(OLD."progress")
  )
  EXECUTE FUNCTION list_progress();

CREATE FUNCTION list_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "ListedDevice"
  SET "searchText" = phone_search_text(NEW."macAddress", NEW."serialNumber", NEW."address", NEW."userName")
  WHERE "deviceId" = NEW."id";
  RETURN NULL;
END
$$;

CREATE TRIGGER list_identity
  AFTER UPDATE OF "macAddress", "serialNumber", "address", "userName" ON "Device"
  FOR EACH ROW WHEN (
    NEW."address" <> OLD."address"
      OR NEW."userName" IS DISTINCT FROM OLD."userName"
      OR NEW."serialNumber" IS DISTINCT FROM OLD."serialNumber"
      OR NEW."macAddress" IS DISTINCT FROM OLD."macAddress"
  )
  EXECUTE FUNCTION list_identity();

UPDATE "ListedDevice" listed
SET "progressStage" = progress_stage(device."progress"),
  "searchText" = phone_search_text(device."macAddress", device."serialNumber", device."address", device."userName")
FROM "Device" device WHERE device."id" = listed."deviceId";
