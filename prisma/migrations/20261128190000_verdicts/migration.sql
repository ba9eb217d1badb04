-- CreateTable
CREATE TABLE "Verdict" (
    "id" SERIAL NOT NULL,
    "digest" BYTEA NOT NULL,
    "kindId" INTEGER NOT NULL,
    "poolId" UUID,
    "outcome" TEXT NOT NULL,
    "offered" JSONB NOT NULL,
    "judgements" JSONB NOT NULL,

    CONSTRAINT "Verdict_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CheckSender" (
    "id" SERIAL NOT NULL,
    "digest" BYTEA NOT NULL,
    "deviceKey" TEXT,
    "macAddress" TEXT,
    "serialNumber" TEXT,
    "address" TEXT NOT NULL,
    "userName" TEXT,

    CONSTRAINT "CheckSender_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StoredCheck" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "senderId" INTEGER NOT NULL,
    "verdictId" INTEGER,
    "side" SMALLINT NOT NULL,
    "dialect" SMALLINT NOT NULL,
    "trigger" SMALLINT NOT NULL,
    "content" JSONB,

    CONSTRAINT "StoredCheck_pkey" PRIMARY KEY ("at","id")
) PARTITION BY RANGE ("at");

-- CreateIndex
CREATE UNIQUE INDEX "Verdict_digest_key" ON "Verdict"("digest");

-- CreateIndex
CREATE INDEX "Verdict_kindId_idx" ON "Verdict"("kindId");

-- CreateIndex
CREATE UNIQUE INDEX "CheckSender_digest_key" ON "CheckSender"("digest");

-- CreateIndex
CREATE INDEX "CheckSender_deviceKey_idx" ON "CheckSender"("deviceKey");

-- CreateIndex
CREATE INDEX "CheckSender_macAddress_idx" ON "CheckSender"("macAddress");

-- CreateIndex
CREATE INDEX "StoredCheck_senderId_idx" ON "StoredCheck"("senderId");

-- CreateIndex
CREATE INDEX "StoredCheck_verdictId_idx" ON "StoredCheck"("verdictId");

-- CreateIndex
CREATE INDEX "StoredCheck_side_dialect_trigger_idx" ON "StoredCheck"("side", "dialect", "trigger");

-- AddForeignKey
ALTER TABLE "Verdict" ADD CONSTRAINT "Verdict_kindId_fkey" FOREIGN KEY ("kindId") REFERENCES "PhoneKind"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma has no words for follows.

-- Partitioned by day (UTC), as before.
CREATE TABLE "StoredCheck_default" PARTITION OF "StoredCheck" DEFAULT;

-- Makes sure of the partitions from one day to another, both included. Safe to call again, and from two servers at once.
CREATE OR REPLACE FUNCTION ensure_device_check_days(first_day date, last_day date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  day date;
  partition text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('ensure_device_check_days'));
  FOR day IN SELECT generate_series(first_day, last_day, interval '1 day')::date LOOP
    partition := 'StoredCheck_' || to_char(day, 'YYYYMMDD');
    -- A day for which the default partition already holds checks stays there: splitting it would lock the table.
    IF to_regclass(format('%I', partition)) IS NULL AND NOT EXISTS (
      SELECT FROM "StoredCheck_default"
      WHERE "at" >= day::timestamp AT TIME ZONE 'UTC' AND "at" < (day + 1)::timestamp AT TIME ZONE 'UTC'
    ) THEN
      EXECUTE format(
        'CREATE TABLE %I PARTITION OF "StoredCheck" FOR VALUES FROM (%L) TO (%L)',
        partition, day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC'
      );
    END IF;
  END LOOP;
END
$$;

-- Forgets all checks of days before the given one; returns how many partitions went.
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
    WHERE inhparent = '"StoredCheck"'::regclass
      AND child.relname ~ '^StoredCheck_[0-9]{8}$'
      AND to_date(right(child.relname, 8), 'YYYYMMDD') < first_kept_day
  LOOP
    EXECUTE format('DROP TABLE %I', partition);
    dropped := dropped + 1;
  END LOOP;
  DELETE FROM "StoredCheck_default" WHERE "at" < first_kept_day::timestamp AT TIME ZONE 'UTC';
  RETURN dropped;
END
$$;

-- The digests of the dictionaries. `verdict_digest` needs only the id of the kind, because a kind never changes.
CREATE FUNCTION verdict_digest(kind_id integer, pool_id uuid, outcome text, offered jsonb, judgements jsonb)
RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT sha256(convert_to(jsonb_build_array(kind_id, pool_id, outcome, offered, judgements)::text, 'UTF8'))
$$;

CREATE FUNCTION sender_digest(device_key text, mac_address text, serial_number text, address text, user_name text)
RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT substr(sha256(convert_to(ROW(device_key, mac_address, serial_number, address, user_name)::text, 'UTF8')), 1, 16)
$$;

-- The facts of a check without a verdict: a refused one, or one whose kind is not in the dictionary.
CREATE FUNCTION check_content(
  pool_id uuid, outcome text, device_type text, brand text, model text, revision text, locale text,
  requested jsonb, offered jsonb, judgements jsonb, refusal text
) RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT jsonb_build_object(
    'poolId', pool_id, 'outcome', outcome, 'deviceType', device_type, 'brand', brand, 'model', model,
    'revision', revision, 'locale', locale, 'requested', requested, 'offered', offered, 'judgements', judgements,
    'refusal', refusal
  )
$$;

-- Also indexes the senders of checks.
CREATE OR REPLACE FUNCTION ensure_phone_search_index() RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  trigram_schema text;
  searched text;
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
  FOREACH searched IN ARRAY ARRAY['Device', 'CheckSender'] LOOP
    EXECUTE format(
      'CREATE INDEX IF NOT EXISTS %I ON %I USING gin (
        phone_search_text("macAddress", "serialNumber", "address", "userName") %I.gin_trgm_ops
      )', searched || '_search_text_idx', searched, trigram_schema
    );
  END LOOP;
  RETURN true;
END
$$;

-- The checks on record stay where they are: a job moves them in batches while phones are answered.
ALTER TABLE "DeviceCheck" RENAME TO "EarlierCheck";

SELECT setval('"StoredCheck_id_seq"', nextval('"DeviceCheck_id_seq"'));

SELECT ensure_phone_search_index();

-- The same columns as before, in the same form. Readers that need few rows choose them in "StoredCheck" first.
CREATE VIEW "DeviceCheck" AS
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
