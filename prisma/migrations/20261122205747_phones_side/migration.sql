-- AlterTable
ALTER TABLE "Device" ADD COLUMN     "progress" JSONB NOT NULL DEFAULT '{}';

-- CreateTable
CREATE TABLE "UserHome" (
    "sipAddress" TEXT NOT NULL,
    "poolId" UUID NOT NULL,
    "userName" TEXT NOT NULL DEFAULT '',
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedBy" TEXT NOT NULL,

    CONSTRAINT "UserHome_pkey" PRIMARY KEY ("sipAddress")
);

-- CreateTable
CREATE TABLE "DeviceToken" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "macAddress" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "createdBy" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3),
    "lastUsedAt" TIMESTAMPTZ(3),

    CONSTRAINT "DeviceToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DeviceLog" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "deviceKey" TEXT,
    "macAddress" TEXT,
    "serialNumber" TEXT,
    "deviceType" TEXT NOT NULL,
    "brand" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "poolId" UUID,
    "siteId" UUID,
    "side" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "userName" TEXT,
    "logType" TEXT NOT NULL,
    "extension" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "givenName" TEXT NOT NULL,
    "sizeBytes" BIGINT NOT NULL,

    CONSTRAINT "DeviceLog_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LogSettings" (
    "scopeKey" TEXT NOT NULL,
    "siteId" UUID,
    "validTypes" TEXT[],
    "validExtensions" TEXT[],
    "maxFileSizeBytes" INTEGER NOT NULL,
    "maxCacheBytes" INTEGER NOT NULL,
    "flushIntervalSeconds" INTEGER NOT NULL,
    "cleanUpIntervalDays" INTEGER NOT NULL,
    "cleanUpTimeOfDay" TEXT,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedBy" TEXT NOT NULL,

    CONSTRAINT "LogSettings_pkey" PRIMARY KEY ("scopeKey")
);

-- CreateTable
CREATE TABLE "Capture" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "dialect" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "headers" JSONB NOT NULL,
    "body" BYTEA NOT NULL,
    "isTruncated" BOOLEAN NOT NULL DEFAULT false,
    "status" INTEGER NOT NULL,
    "deviceKey" TEXT,

    CONSTRAINT "Capture_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Setting" (
    "name" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedBy" TEXT NOT NULL,

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "UserHome_poolId_idx" ON "UserHome"("poolId");

-- CreateIndex
CREATE UNIQUE INDEX "DeviceToken_tokenHash_key" ON "DeviceToken"("tokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "DeviceLog_fileName_key" ON "DeviceLog"("fileName");

-- CreateIndex
CREATE INDEX "DeviceLog_at_idx" ON "DeviceLog"("at");

-- CreateIndex
CREATE INDEX "DeviceLog_deviceKey_at_idx" ON "DeviceLog"("deviceKey", "at");

-- CreateIndex
CREATE UNIQUE INDEX "LogSettings_siteId_key" ON "LogSettings"("siteId");

-- CreateIndex
CREATE INDEX "Capture_at_idx" ON "Capture"("at");

-- AddForeignKey
ALTER TABLE "UserHome" ADD CONSTRAINT "UserHome_poolId_fkey" FOREIGN KEY ("poolId") REFERENCES "Pool"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LogSettings" ADD CONSTRAINT "LogSettings_siteId_fkey" FOREIGN KEY ("siteId") REFERENCES "Site"("id") ON DELETE CASCADE ON UPDATE CASCADE;
