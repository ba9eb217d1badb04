-- "EarlierCheck" has the checks that the previous version recorded, until the hourly job has moved them to "StoredCheck".
-- A database that had moved them within the migration of verdicts gets an empty table.
CREATE TABLE IF NOT EXISTS "EarlierCheck" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "deviceKey" TEXT,
    "poolId" UUID,
    "side" TEXT NOT NULL,
    "dialect" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "macAddress" TEXT,
    "serialNumber" TEXT,
    "deviceType" TEXT NOT NULL,
    "brand" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "revision" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "userName" TEXT,
    "trigger" TEXT NOT NULL,
    "requested" JSONB NOT NULL,
    "offered" JSONB NOT NULL,
    "judgements" JSONB NOT NULL,
    "refusal" TEXT,

    CONSTRAINT "EarlierCheck_pkey" PRIMARY KEY ("at","id")
) PARTITION BY RANGE ("at");

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_inherits WHERE inhparent = '"EarlierCheck"'::regclass) THEN
    CREATE TABLE "EarlierCheck_default" PARTITION OF "EarlierCheck" DEFAULT;
  END IF;
END
$$;

-- What a check in "StoredCheck" stands for. Lists choose their rows there first.
CREATE VIEW "RecordedCheck" AS
SELECT check_."id", check_."at", sender."deviceKey",
  CASE WHEN check_."content" IS NULL THEN verdict."poolId" ELSE (check_."content" ->> 'poolId')::uuid END AS "poolId",
  (ARRAY['internal', 'external'])[check_."side"] AS "side",
  (ARRAY['json', 'lync'])[check_."dialect"] AS "dialect",
  CASE WHEN check_."content" IS NULL THEN verdict."outcome" ELSE check_."content" ->> 'outcome' END AS "outcome",
  sender."address", sender."macAddress", sender."serialNumber",
  CASE WHEN check_."content" IS NULL THEN kind."deviceType" ELSE check_."content" ->> 'deviceType' END AS "deviceType",
  CASE WHEN check_."content" IS NULL THEN kind."brand" ELSE check_."content" ->> 'brand' END AS "brand",
  CASE WHEN check_."content" IS NULL THEN kind."model" ELSE check_."content" ->> 'model' END AS "model",
  CASE WHEN check_."content" IS NULL THEN kind."revision" ELSE check_."content" ->> 'revision' END AS "revision",
  CASE WHEN check_."content" IS NULL THEN kind."locale" ELSE check_."content" ->> 'locale' END AS "locale",
  sender."userName",
  coalesce((ARRAY['boot', 'signin', 'timer', 'manual', 'readiness', 'log_upload'])[check_."trigger"], '') AS "trigger",
  CASE WHEN check_."content" IS NULL THEN kind."installed" ELSE check_."content" -> 'requested' END AS "requested",
  CASE WHEN check_."content" IS NULL THEN verdict."offered" ELSE check_."content" -> 'offered' END AS "offered",
  CASE WHEN check_."content" IS NULL THEN verdict."judgements" ELSE check_."content" -> 'judgements' END AS "judgements",
  check_."content" ->> 'refusal' AS "refusal"
FROM "StoredCheck" check_
LEFT JOIN "CheckSender" sender ON sender."id" = check_."senderId"
LEFT JOIN "Verdict" verdict ON verdict."id" = check_."verdictId"
LEFT JOIN "PhoneKind" kind ON kind."id" = verdict."kindId";

-- All checks, moved or not, for the previous version of the program, which reads and writes this view as if it were its
-- table.
CREATE OR REPLACE VIEW "DeviceCheck" AS
SELECT
  "id", "at", "deviceKey", "poolId", "side", "dialect", "outcome", "address", "macAddress", "serialNumber",
  "deviceType", "brand", "model", "revision", "locale", "userName", "trigger", "requested", "offered", "judgements",
  "refusal"
FROM "RecordedCheck"
UNION ALL
SELECT
  "id", "at", "deviceKey", "poolId", "side", "dialect", "outcome", "address", "macAddress", "serialNumber",
  "deviceType", "brand", "model", "revision", "locale", "userName", "trigger", "requested", "offered", "judgements",
  "refusal"
FROM "EarlierCheck";

CREATE FUNCTION record_earlier_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."id" := nextval('"StoredCheck_id_seq"');
  INSERT INTO "EarlierCheck" (
    "id", "at", "deviceKey", "poolId", "side", "dialect", "outcome", "address", "macAddress", "serialNumber",
    "deviceType", "brand", "model", "revision", "locale", "userName", "trigger", "requested", "offered", "judgements",
    "refusal"
  ) VALUES (
    NEW."id", NEW."at", NEW."deviceKey", NEW."poolId", NEW."side", NEW."dialect", NEW."outcome", NEW."address",
    NEW."macAddress", NEW."serialNumber", NEW."deviceType", NEW."brand", NEW."model", NEW."revision", NEW."locale",
    NEW."userName", NEW."trigger", NEW."requested", NEW."offered", NEW."judgements", NEW."refusal"
  );
  RETURN NEW;
END
$$;

CREATE TRIGGER record_earlier_check INSTEAD OF INSERT ON "DeviceCheck"
  FOR EACH ROW EXECUTE FUNCTION record_earlier_check();

-- The previous version changes only the key of a phone. The sender gets a digest that no content has, as in the program.
CREATE FUNCTION move_earlier_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "EarlierCheck" SET "deviceKey" = NEW."deviceKey" WHERE "at" = OLD."at" AND "id" = OLD."id";
  IF NOT FOUND THEN
    UPDATE "CheckSender" SET "deviceKey" = NEW."deviceKey", "digest" = uuid_send(gen_random_uuid())
    WHERE "deviceKey" = OLD."deviceKey"
      AND "id" = (SELECT "senderId" FROM "StoredCheck" WHERE "at" = OLD."at" AND "id" = OLD."id");
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER move_earlier_check INSTEAD OF UPDATE ON "DeviceCheck"
  FOR EACH ROW EXECUTE FUNCTION move_earlier_check();

-- Drops the days of checks in either form; returns the number of dropped partitions.
CREATE OR REPLACE FUNCTION drop_device_check_days_before(first_kept_day date) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  partition text;
  dropped integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('ensure_device_check_days'));
  FOR partition IN
    SELECT child.relname
    FROM pg_inherits
    JOIN pg_class child ON child.oid = inhrelid
    WHERE inhparent IN ('"StoredCheck"'::regclass, '"EarlierCheck"'::regclass)
      AND child.relname ~ '^(StoredCheck|DeviceCheck)_[0-9]{8}$'
      AND to_date(right(child.relname, 8), 'YYYYMMDD') < first_kept_day
  LOOP
    EXECUTE format('DROP TABLE %I', partition);
    dropped := dropped + 1;
  END LOOP;
  DELETE FROM "StoredCheck_default" WHERE "at" < first_kept_day::timestamp AT TIME ZONE 'UTC';
  DELETE FROM "EarlierCheck" WHERE "at" < first_kept_day::timestamp AT TIME ZONE 'UTC';
  RETURN dropped;
END
$$;

-- Drops the days of "EarlierCheck" whose checks have moved. Readers wait for this lock, so it is taken only if there is such
-- a day, and not for longer than a moment.
CREATE FUNCTION drop_moved_check_days() RETURNS void LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
  partition text;
  has_rows boolean;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('ensure_device_check_days'));
  FOR partition IN
    SELECT child.relname FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
    WHERE inhparent = '"EarlierCheck"'::regclass AND child.relname ~ '^DeviceCheck_[0-9]{8}$'
  LOOP
    LOCK TABLE "EarlierCheck" IN ACCESS EXCLUSIVE MODE;
    EXECUTE format('SELECT EXISTS (SELECT FROM %I)', partition) INTO has_rows;
    IF NOT has_rows THEN
      EXECUTE format('DROP TABLE %I', partition);
    END IF;
  END LOOP;
END
$$;
