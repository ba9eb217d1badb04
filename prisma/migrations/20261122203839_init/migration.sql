-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Site" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Site_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Pool" (
    "id" UUID NOT NULL,
    "fqdn" TEXT NOT NULL,
    "siteId" UUID NOT NULL,
    "internalBaseUrl" TEXT NOT NULL,
    "externalBaseUrl" TEXT NOT NULL,
    "sipDomains" TEXT[],
    "isDefault" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Pool_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Package" (
    "id" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "sizeBytes" BIGINT NOT NULL,
    "importedAt" TIMESTAMPTZ(3) NOT NULL,
    "importedBy" TEXT NOT NULL,
    "notes" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "Package_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Blob" (
    "sha256" TEXT NOT NULL,
    "sizeBytes" BIGINT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "unreferencedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Blob_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "Release" (
    "id" UUID NOT NULL,
    "hardwareKey" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "versionSortKey" TEXT NOT NULL,
    "packageId" UUID NOT NULL,
    "describedBy" TEXT NOT NULL,
    "catalogVerdict" TEXT NOT NULL,
    "catalogSigner" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Release_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ReleaseFile" (
    "id" UUID NOT NULL,
    "releaseId" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "fileNameKey" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "sizeBytes" BIGINT NOT NULL,

    CONSTRAINT "ReleaseFile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "UpdateRule" (
    "id" UUID NOT NULL,
    "poolId" UUID NOT NULL,
    "deviceType" TEXT NOT NULL,
    "brand" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "revision" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "updateType" TEXT NOT NULL,
    "hardwareKey" TEXT NOT NULL,
    "approvedReleaseId" UUID,
    "pendingReleaseId" UUID,
    "restoreReleaseId" UUID,
    "generation" INTEGER NOT NULL DEFAULT 1,
    "importedAt" TIMESTAMPTZ(3) NOT NULL,
    "importedBy" TEXT NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "UpdateRule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RuleEvent" (
    "id" BIGSERIAL NOT NULL,
    "ruleId" UUID NOT NULL,
    "poolId" UUID NOT NULL,
    "identity" TEXT NOT NULL,
    "verb" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "generation" INTEGER NOT NULL,
    "rule" JSONB NOT NULL,
    "actorName" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "undoesId" BIGINT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RuleEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TestDevice" (
    "id" UUID NOT NULL,
    "siteId" UUID,
    "name" TEXT NOT NULL,
    "scopeKey" TEXT NOT NULL,
    "identifierType" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "createdBy" TEXT NOT NULL,

    CONSTRAINT "TestDevice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ImportJob" (
    "id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "sizeBytes" BIGINT NOT NULL,
    "sha256" TEXT,
    "upload" TEXT NOT NULL,
    "poolIds" UUID[],
    "bytesDone" BIGINT NOT NULL DEFAULT 0,
    "bytesTotal" BIGINT NOT NULL DEFAULT 0,
    "currentEntry" TEXT NOT NULL DEFAULT '',
    "members" JSONB,
    "details" JSONB,
    "report" JSONB,
    "error" TEXT,
    "notes" TEXT NOT NULL DEFAULT '',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "createdByName" TEXT NOT NULL,
    "createdById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ImportJob_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Device" (
    "id" UUID NOT NULL,
    "deviceKey" TEXT NOT NULL,
    "macAddress" TEXT,
    "serialNumber" TEXT,
    "deviceType" TEXT NOT NULL,
    "brand" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "revision" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "hardwareKey" TEXT NOT NULL,
    "poolId" UUID,
    "address" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "userName" TEXT,
    "installed" JSONB NOT NULL,
    "version" TEXT,
    "offered" JSONB NOT NULL,
    "judgements" JSONB NOT NULL,
    "outcome" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3),
    "previousVersion" TEXT,

    CONSTRAINT "Device_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DeviceCheck" (
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

    CONSTRAINT "DeviceCheck_pkey" PRIMARY KEY ("at","id")
) PARTITION BY RANGE ("at");

-- CreateTable
CREATE TABLE "Account" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "isEnabled" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sessionsValidFrom" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSignInAt" TIMESTAMPTZ(3),

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiToken" (
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3),
    "lastUsedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ApiToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actorKind" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "actorId" UUID,
    "action" TEXT NOT NULL,
    "subjectKind" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "subjectName" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "requestId" TEXT NOT NULL,
    "previousHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Site_nameKey_key" ON "Site"("nameKey");

-- CreateIndex
CREATE UNIQUE INDEX "Pool_fqdn_key" ON "Pool"("fqdn");

-- CreateIndex
CREATE INDEX "Pool_siteId_idx" ON "Pool"("siteId");

-- CreateIndex
CREATE UNIQUE INDEX "Package_sha256_key" ON "Package"("sha256");

-- CreateIndex
CREATE INDEX "Release_packageId_idx" ON "Release"("packageId");

-- CreateIndex
CREATE UNIQUE INDEX "Release_hardwareKey_version_key" ON "Release"("hardwareKey", "version");

-- CreateIndex
CREATE INDEX "ReleaseFile_sha256_idx" ON "ReleaseFile"("sha256");

-- CreateIndex
CREATE UNIQUE INDEX "ReleaseFile_releaseId_fileNameKey_key" ON "ReleaseFile"("releaseId", "fileNameKey");

-- CreateIndex
CREATE INDEX "UpdateRule_hardwareKey_idx" ON "UpdateRule"("hardwareKey");

-- CreateIndex
CREATE INDEX "UpdateRule_approvedReleaseId_idx" ON "UpdateRule"("approvedReleaseId");

-- CreateIndex
CREATE INDEX "UpdateRule_pendingReleaseId_idx" ON "UpdateRule"("pendingReleaseId");

-- CreateIndex
CREATE INDEX "UpdateRule_restoreReleaseId_idx" ON "UpdateRule"("restoreReleaseId");

-- CreateIndex
CREATE UNIQUE INDEX "UpdateRule_poolId_hardwareKey_key" ON "UpdateRule"("poolId", "hardwareKey");

-- CreateIndex
CREATE INDEX "RuleEvent_ruleId_id_idx" ON "RuleEvent"("ruleId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "TestDevice_scopeKey_key" ON "TestDevice"("scopeKey");

-- CreateIndex
CREATE INDEX "TestDevice_identifierType_identifier_idx" ON "TestDevice"("identifierType", "identifier");

-- CreateIndex
CREATE INDEX "TestDevice_siteId_idx" ON "TestDevice"("siteId");

-- CreateIndex
CREATE INDEX "ImportJob_createdAt_idx" ON "ImportJob"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Device_deviceKey_key" ON "Device"("deviceKey");

-- CreateIndex
CREATE INDEX "Device_lastSeenAt_idx" ON "Device"("lastSeenAt");

-- CreateIndex
CREATE INDEX "Device_macAddress_idx" ON "Device"("macAddress");

-- CreateIndex
CREATE INDEX "Device_serialNumber_idx" ON "Device"("serialNumber");

-- CreateIndex
CREATE INDEX "Device_hardwareKey_idx" ON "Device"("hardwareKey");

-- CreateIndex
CREATE INDEX "Device_poolId_idx" ON "Device"("poolId");

-- CreateIndex
CREATE INDEX "DeviceCheck_deviceKey_at_idx" ON "DeviceCheck"("deviceKey", "at");

-- CreateIndex
CREATE UNIQUE INDEX "Account_nameKey_key" ON "Account"("nameKey");

-- CreateIndex
CREATE UNIQUE INDEX "ApiToken_tokenHash_key" ON "ApiToken"("tokenHash");

-- CreateIndex
CREATE INDEX "ApiToken_accountId_idx" ON "ApiToken"("accountId");

-- CreateIndex
CREATE UNIQUE INDEX "AuditEntry_hash_key" ON "AuditEntry"("hash");

-- CreateIndex
CREATE INDEX "AuditEntry_at_idx" ON "AuditEntry"("at");

-- CreateIndex
CREATE INDEX "AuditEntry_subjectKind_subjectId_idx" ON "AuditEntry"("subjectKind", "subjectId");

-- AddForeignKey
ALTER TABLE "Pool" ADD CONSTRAINT "Pool_siteId_fkey" FOREIGN KEY ("siteId") REFERENCES "Site"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Release" ADD CONSTRAINT "Release_packageId_fkey" FOREIGN KEY ("packageId") REFERENCES "Package"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReleaseFile" ADD CONSTRAINT "ReleaseFile_releaseId_fkey" FOREIGN KEY ("releaseId") REFERENCES "Release"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReleaseFile" ADD CONSTRAINT "ReleaseFile_sha256_fkey" FOREIGN KEY ("sha256") REFERENCES "Blob"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UpdateRule" ADD CONSTRAINT "UpdateRule_poolId_fkey" FOREIGN KEY ("poolId") REFERENCES "Pool"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UpdateRule" ADD CONSTRAINT "UpdateRule_approvedReleaseId_fkey" FOREIGN KEY ("approvedReleaseId") REFERENCES "Release"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UpdateRule" ADD CONSTRAINT "UpdateRule_pendingReleaseId_fkey" FOREIGN KEY ("pendingReleaseId") REFERENCES "Release"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UpdateRule" ADD CONSTRAINT "UpdateRule_restoreReleaseId_fkey" FOREIGN KEY ("restoreReleaseId") REFERENCES "Release"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TestDevice" ADD CONSTRAINT "TestDevice_siteId_fkey" FOREIGN KEY ("siteId") REFERENCES "Site"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- From here on by hand: what Prisma has no words for.

-- Checks are partitioned by day (UTC), so that forgetting a day is dropping a table. What fits no day, because a clock
-- was wrong, lands in the default partition.
CREATE TABLE "DeviceCheck_default" PARTITION OF "DeviceCheck" DEFAULT;

-- Makes sure of the partitions from one day to another, both included. Safe to call again, and from two servers at once.
CREATE FUNCTION ensure_device_check_days(first_day date, last_day date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  day date;
  partition text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('ensure_device_check_days'));
  FOR day IN SELECT generate_series(first_day, last_day, interval '1 day')::date LOOP
    partition := 'DeviceCheck_' || to_char(day, 'YYYYMMDD');
    -- A day for which the default partition already holds checks stays there: splitting it would lock the table.
    IF to_regclass(format('%I', partition)) IS NULL AND NOT EXISTS (
      SELECT FROM "DeviceCheck_default"
      WHERE "at" >= day::timestamp AT TIME ZONE 'UTC' AND "at" < (day + 1)::timestamp AT TIME ZONE 'UTC'
    ) THEN
      EXECUTE format(
        'CREATE TABLE %I PARTITION OF "DeviceCheck" FOR VALUES FROM (%L) TO (%L)',
        partition, day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC'
      );
    END IF;
  END LOOP;
END
$$;

-- Forgets all checks of days before the given one; returns how many partitions went.
CREATE FUNCTION drop_device_check_days_before(first_kept_day date) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  partition text;
  dropped integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('ensure_device_check_days'));
  FOR partition IN
    SELECT child.relname
    FROM pg_inherits
    JOIN pg_class child ON child.oid = inhrelid
    WHERE inhparent = '"DeviceCheck"'::regclass
      AND child.relname ~ '^DeviceCheck_[0-9]{8}$'
      AND to_date(right(child.relname, 8), 'YYYYMMDD') < first_kept_day
  LOOP
    EXECUTE format('DROP TABLE %I', partition);
    dropped := dropped + 1;
  END LOOP;
  DELETE FROM "DeviceCheck_default" WHERE "at" < first_kept_day::timestamp AT TIME ZONE 'UTC';
  RETURN dropped;
END
$$;

-- What people did, and what happened to a rule, is appended and never changed. TRUNCATE is left to whoever owns the
-- tables; tests use it.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER "AuditEntry_append_only" BEFORE UPDATE OR DELETE ON "AuditEntry"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER "RuleEvent_append_only" BEFORE UPDATE OR DELETE ON "RuleEvent"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- There is at most one default pool.
CREATE UNIQUE INDEX "Pool_one_default" ON "Pool" ("isDefault") WHERE "isDefault";
