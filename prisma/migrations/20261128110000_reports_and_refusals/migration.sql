-- AlterTable
ALTER TABLE "Device" ADD COLUMN     "versionType" TEXT;

-- AlterTable
ALTER TABLE "DeviceCheck" ADD COLUMN     "refusal" TEXT;

-- CreateTable
CREATE TABLE "SuspendedOffer" (
    "deviceKey" TEXT NOT NULL,
    "updateType" TEXT NOT NULL,
    "version" TEXT NOT NULL,

    CONSTRAINT "SuspendedOffer_pkey" PRIMARY KEY ("deviceKey","updateType")
);

-- CreateTable
CREATE TABLE "VersionMatch" (
    "id" UUID NOT NULL,
    "poolId" UUID,
    "deviceType" TEXT NOT NULL,
    "brand" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "revision" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "updateType" TEXT NOT NULL,
    "hardwareKey" TEXT NOT NULL,
    "packageVersion" TEXT NOT NULL,
    "reportedVersion" TEXT NOT NULL,
    "matchKey" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "createdBy" TEXT NOT NULL,

    CONSTRAINT "VersionMatch_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "VersionMatch_matchKey_key" ON "VersionMatch"("matchKey");

-- CreateIndex
CREATE INDEX "VersionMatch_hardwareKey_idx" ON "VersionMatch"("hardwareKey");

-- CreateIndex
CREATE INDEX "VersionMatch_poolId_idx" ON "VersionMatch"("poolId");

-- AddForeignKey
ALTER TABLE "SuspendedOffer" ADD CONSTRAINT "SuspendedOffer_deviceKey_fkey" FOREIGN KEY ("deviceKey") REFERENCES "Device"("deviceKey") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VersionMatch" ADD CONSTRAINT "VersionMatch_poolId_fkey" FOREIGN KEY ("poolId") REFERENCES "Pool"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma has no words for follows.

-- A version as it is compared: `versionKey` in lib/core/version-key.ts, said in SQL.
CREATE FUNCTION version_key(version text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT lower(btrim(regexp_replace(version, '[ \t\n\v\f\r]+', ' ', 'g'), ' ') COLLATE "C")
$$;

-- The versions of a phone by lower-case update type, of several modules of one type that of the first which says one:
-- `installedVersions` in lib/devices/installed-versions.ts.
CREATE FUNCTION installed_versions(installed jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  module jsonb;
  runs jsonb := '{}';
BEGIN
  FOR place IN 0 .. jsonb_array_length(installed) - 1 LOOP
    module := installed -> place;
    IF module ->> 'version' <> '' AND NOT runs ? lower(module ->> 'updateType') THEN
      runs := runs || jsonb_build_object(lower(module ->> 'updateType'), module -> 'version');
    END IF;
  END LOOP;
  RETURN runs;
END
$$;

-- `MAX_INSTALL_ATTEMPTS` in lib/devices/progress.ts; a test holds the two together.
CREATE FUNCTION max_install_attempts() RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT 3';

-- `next_device_progress` with the judgements of the check, which say what the versions alone do not: that a version counts
-- as installed although it is spelled differently, and that an offer is suspended. The function with five parameters stays
-- for the previous version of the program.
CREATE FUNCTION next_device_progress(
  progress jsonb, asked_at timestamptz, reason text, installed jsonb, offered jsonb, judgements jsonb
) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  asked_ms CONSTANT bigint := extract(epoch FROM asked_at) * 1000;
  runs CONSTANT jsonb := installed_versions(installed);
  offers jsonb := '{}';
  verdicts jsonb := '{}';
  kinds jsonb;
  kind text;
  module jsonb;
  known jsonb;
  result jsonb := '{}';
BEGIN
  FOR place IN 0 .. jsonb_array_length(offered) - 1 LOOP
    module := offered -> place;
    offers := offers || jsonb_build_object(lower(module ->> 'updateType'), module);
  END LOOP;

  kinds := jsonb_path_query_array(progress || offers, '$.keyvalue().key');
  FOR place IN 0 .. jsonb_array_length(kinds) - 1 LOOP
    kind := kinds ->> place;
    known := progress -> kind;
    IF NOT offers ? kind THEN
      verdicts := '{}';
      FOR rule IN 0 .. jsonb_array_length(judgements) - 1 LOOP
        module := judgements -> rule;
        IF lower(module ->> 'updateType') = kind AND module -> 'version' = known -> 'version' THEN
          verdicts := verdicts || jsonb_build_object(module ->> 'verdict', true);
        END IF;
      END LOOP;
      IF verdicts ? 'suspended' THEN
        NULL;
      ELSIF runs -> kind = known -> 'version' OR verdicts ? 'already_installed' THEN
        IF NOT known ? 'runningAt' OR known ? 'lostAt' THEN
          known := (known - 'lostAt') || jsonb_build_object('runningAt', asked_ms);
        END IF;
        known := known - 'otherVersion' - 'otherVersionAt' - 'attempts' - 'attemptedAt';
      ELSE
        -- There is nothing to arrive at any more.
        CONTINUE;
      END IF;
    ELSIF known -> 'version' IS DISTINCT FROM offers -> kind -> 'version' THEN
      known := jsonb_build_object(
        'updateType', offers -> kind -> 'updateType',
        'version', offers -> kind -> 'version',
        'offeredAt', asked_ms
      );
      IF runs ? kind THEN
        known := known || jsonb_build_object('fromVersion', runs -> kind);
      END IF;
    ELSE
      IF known ? 'runningAt' AND NOT known ? 'lostAt' THEN
        known := known || jsonb_build_object('lostAt', asked_ms);
      END IF;
      IF reason = 'boot' THEN
        known := known || jsonb_build_object('bootedAt', asked_ms);
      END IF;
      IF NOT runs ? kind OR NOT known ? 'fromVersion'
        OR version_key(runs ->> kind) = version_key(known ->> 'fromVersion')
      THEN
        known := known - 'otherVersion' - 'otherVersionAt';
      ELSE
        -- A third version: what it shows of an attempt is counted once.
        IF runs -> kind IS DISTINCT FROM known -> 'otherVersion'
          OR (known ->> 'lastDownloadedAt')::bigint
            > coalesce((known ->> 'attemptedAt')::bigint, (known ->> 'offeredAt')::bigint)
          OR (reason = 'boot' AND NOT known ? 'downloadedAt')
        THEN
          known := known || jsonb_build_object(
            'attempts', coalesce((known ->> 'attempts')::int, 0) + 1, 'attemptedAt', asked_ms
          );
        END IF;
        known := known || jsonb_build_object(
          'otherVersion', runs -> kind, 'otherVersionAt', asked_ms
        );
      END IF;
    END IF;
    result := result || jsonb_build_object(kind, known);
  END LOOP;
  RETURN result;
END
$$;

-- Checks that the previous version of the program folds say nothing of judgements.
CREATE OR REPLACE FUNCTION fold_device_progress(progress jsonb, checks jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  said jsonb;
BEGIN
  FOR place IN 0 .. jsonb_array_length(checks) - 1 LOOP
    said := checks -> place;
    progress := next_device_progress(
      progress, (said ->> 'at')::timestamptz, said ->> 'trigger', said -> 'requested', said -> 'offered',
      coalesce(said -> 'judgements', '[]')
    );
  END LOOP;
  RETURN progress;
END
$$;

-- "SuspendedOffer" holds exactly the updates of `Device.progress` that have used up their attempts. Processes that answer
-- checks hold it in memory, and are told when it changes.
CREATE FUNCTION keep_suspended_offers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  is_changed boolean := false;
BEGIN
  DELETE FROM "SuspendedOffer" suspended
  WHERE suspended."deviceKey" = NEW."deviceKey" AND NOT coalesce(
    (NEW."progress" -> suspended."updateType" ->> 'attempts')::int >= max_install_attempts()
      AND NEW."progress" -> suspended."updateType" ->> 'version' = suspended."version",
    false
  );
  is_changed := FOUND;
  INSERT INTO "SuspendedOffer" ("deviceKey", "updateType", "version")
  SELECT NEW."deviceKey", entry.kind, entry.facts ->> 'version'
  FROM jsonb_each(NEW."progress") entry (kind, facts)
  WHERE (entry.facts ->> 'attempts')::int >= max_install_attempts()
  ON CONFLICT DO NOTHING;
  is_changed := is_changed OR FOUND;
  IF is_changed THEN
    PERFORM pg_notify('ucupdates_rules', '');
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER keep_suspended_offers_of_new AFTER INSERT ON "Device" FOR EACH ROW
  WHEN (NEW."progress" @? '$.*.attempts')
  EXECUTE FUNCTION keep_suspended_offers();

CREATE TRIGGER keep_suspended_offers AFTER UPDATE OF "progress" ON "Device" FOR EACH ROW
  WHEN (OLD."progress" IS DISTINCT FROM NEW."progress"
    AND (NEW."progress" @? '$.*.attempts' OR OLD."progress" @? '$.*.attempts'))
  EXECUTE FUNCTION keep_suspended_offers();
