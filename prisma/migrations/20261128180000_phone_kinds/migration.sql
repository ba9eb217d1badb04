-- AlterTable
ALTER TABLE "Device" ADD COLUMN     "kindId" INTEGER;

-- CreateTable
CREATE TABLE "PhoneKind" (
    "id" SERIAL NOT NULL,
    "digest" BYTEA NOT NULL,
    "deviceType" TEXT NOT NULL,
    "brand" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "revision" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "hardwareKey" TEXT NOT NULL,
    "installed" JSONB NOT NULL,
    "version" TEXT,
    "versionType" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PhoneKind_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "PhoneKind_digest_key" ON "PhoneKind"("digest");

-- CreateIndex
CREATE INDEX "PhoneKind_hardwareKey_idx" ON "PhoneKind"("hardwareKey");

-- CreateIndex
CREATE INDEX "Device_kindId_idx" ON "Device"("kindId");

-- CreateTable
CREATE TABLE "ListedDevice" (
    "deviceId" UUID NOT NULL,
    "poolId" UUID,
    "kindId" INTEGER,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ListedDevice_pkey" PRIMARY KEY ("deviceId")
);

-- CreateIndex
CREATE INDEX "ListedDevice_kindId_poolId_idx" ON "ListedDevice"("kindId", "poolId");

-- AddForeignKey
ALTER TABLE "ListedDevice" ADD CONSTRAINT "ListedDevice_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Device" ADD CONSTRAINT "Device_kindId_fkey" FOREIGN KEY ("kindId") REFERENCES "PhoneKind"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What Prisma has no words for follows. The new column is filled in batches by a job, while phones are answered.

-- Filters by model read the kinds.
DROP INDEX "Device_model_folded_idx";

-- A search for a MAC address finds answered checks by their phone, and refused ones by this index.
CREATE INDEX "DeviceCheck_refused_macAddress_idx" ON "DeviceCheck"("macAddress") WHERE "refusal" IS NOT NULL;

-- The phones that the job looks for, and that filters by kind judge one by one.
CREATE INDEX "Device_without_kind_idx" ON "Device"("id") WHERE "kindId" IS NULL;

-- The previous version of the program, which may run at the same time, changes what a phone reports and leaves the kind
-- as it was. Such a row has no kind until the job or the next check gives it one.
CREATE FUNCTION clear_outdated_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."kindId" := NULL;
  RETURN NEW;
END
$$;

CREATE TRIGGER clear_outdated_kind
  BEFORE UPDATE OF "installed", "version", "versionType", "deviceType", "brand", "model", "revision", "locale" ON "Device"
  FOR EACH ROW WHEN (
    NEW."kindId" = OLD."kindId" AND (
      NEW."installed", NEW."version", NEW."versionType",
      NEW."deviceType", NEW."brand", NEW."model", NEW."revision", NEW."locale"
    ) IS DISTINCT FROM (
      OLD."installed", OLD."version", OLD."versionType",
      OLD."deviceType", OLD."brand", OLD."model", OLD."revision", OLD."locale"
    )
  )
  EXECUTE FUNCTION clear_outdated_kind();

-- A check of a known phone changes only the time of its row, which no index contains.
ALTER TABLE "ListedDevice" SET (fillfactor = 70);

-- The phones of a batch of checks are looked up one by one in the primary key: without statistics of the batch,
-- PostgreSQL might read the whole table instead.
CREATE FUNCTION list_new_devices() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "ListedDevice" ("deviceId", "poolId", "kindId", "lastSeenAt")
  SELECT "id", "poolId", "kindId", "lastSeenAt" FROM changed;
  RETURN NULL;
END
$$;

CREATE FUNCTION list_changed_devices() RETURNS trigger LANGUAGE plpgsql
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
  UPDATE "ListedDevice" listed
  SET "poolId" = changed."poolId", "kindId" = changed."kindId", "lastSeenAt" = changed."lastSeenAt"
  FROM changed
  WHERE listed."deviceId" = changed."id" AND (listed."poolId", listed."kindId", listed."lastSeenAt")
    IS DISTINCT FROM (changed."poolId", changed."kindId", changed."lastSeenAt");
  RETURN NULL;
END
$$;

CREATE TRIGGER list_new_devices AFTER INSERT ON "Device"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION list_new_devices();

CREATE TRIGGER list_changed_devices AFTER UPDATE ON "Device"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION list_changed_devices();

INSERT INTO "ListedDevice" ("deviceId", "poolId", "kindId", "lastSeenAt")
SELECT "id", "poolId", "kindId", "lastSeenAt" FROM "Device";

-- The identity of a phone as the text search reads it. The unit separator keeps a match from spanning two values.
CREATE FUNCTION phone_search_text(mac_address text, serial_number text, address text, user_name text)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT lower(
    coalesce(mac_address, '') || E'\x1f' || coalesce(serial_number, '') || E'\x1f' || address || E'\x1f'
      || coalesce(user_name, '')
  )
$$;

-- Creates the index for the text search if the extension pg_trgm is there or may be created; returns whether the index
-- exists. Without it, a search reads all phones. An administrator who adds the extension later calls this again.
CREATE FUNCTION ensure_phone_search_index() RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  trigram_schema text;
BEGIN
  BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
  EXCEPTION WHEN OTHERS THEN
    RAISE NOTICE 'pg_trgm cannot be created: %', SQLERRM;
  END;
  SELECT nspname INTO trigram_schema
  FROM pg_opclass JOIN pg_namespace ON pg_namespace.oid = opcnamespace
  WHERE opcname = 'gin_trgm_ops';
  IF trigram_schema IS NULL THEN
    RETURN false;
  END IF;
  EXECUTE format(
    'CREATE INDEX IF NOT EXISTS "Device_search_text_idx" ON "Device" USING gin (
      phone_search_text("macAddress", "serialNumber", "address", "userName") %I.gin_trgm_ops
    )', trigram_schema
  );
  RETURN true;
END
$$;

SELECT ensure_phone_search_index();
