-- AlterTable
ALTER TABLE "Pool" ADD COLUMN     "brake" TEXT NOT NULL DEFAULT 'stop',
ADD COLUMN     "brakePercent" INTEGER NOT NULL DEFAULT 5,
ADD COLUMN     "brakePhones" INTEGER NOT NULL DEFAULT 5;

-- CreateTable
CREATE TABLE "RollOut" (
    "id" UUID NOT NULL,
    "ruleId" UUID NOT NULL,
    "poolId" UUID NOT NULL,
    "eventId" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "requestId" TEXT NOT NULL,
    "poolFqdn" TEXT NOT NULL,
    "deviceType" TEXT NOT NULL,
    "brand" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "revision" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "updateType" TEXT NOT NULL,
    "fromVersion" TEXT,
    "toVersion" TEXT,
    "pendingBefore" TEXT,
    "pendingAfter" TEXT,
    "reason" TEXT NOT NULL DEFAULT '',
    "startedBy" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "previousId" UUID,
    "target" INTEGER,
    "movedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "endReason" TEXT,
    "settledAt" TIMESTAMPTZ(3),
    "haltedAt" TIMESTAMPTZ(3),
    "brakeFrom" TIMESTAMPTZ(3),
    "warnedAt" TIMESTAMPTZ(3),

    CONSTRAINT "RollOut_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RollOutPhone" (
    "rollOutId" UUID NOT NULL,
    "deviceId" UUID NOT NULL,
    "state" TEXT,

    CONSTRAINT "RollOutPhone_pkey" PRIMARY KEY ("rollOutId","deviceId")
);

-- CreateTable
CREATE TABLE "RollOutSample" (
    "rollOutId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "waiting" INTEGER NOT NULL,
    "silent" INTEGER NOT NULL,
    "offered" INTEGER NOT NULL,
    "downloading" INTEGER NOT NULL,
    "downloaded" INTEGER NOT NULL,
    "running" INTEGER NOT NULL,
    "fellBack" INTEGER NOT NULL,
    "neverCameBack" INTEGER NOT NULL,
    "otherVersion" INTEGER NOT NULL,
    "left" INTEGER NOT NULL,
    "joined" INTEGER NOT NULL,
    "joinedRunning" INTEGER NOT NULL,

    CONSTRAINT "RollOutSample_pkey" PRIMARY KEY ("rollOutId","at")
);

-- CreateTable
CREATE TABLE "RollOutEvent" (
    "id" BIGSERIAL NOT NULL,
    "rollOutId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "figures" JSONB NOT NULL,

    CONSTRAINT "RollOutEvent_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "RollOut_eventId_key" ON "RollOut"("eventId");

-- CreateIndex
CREATE UNIQUE INDEX "RollOut_previousId_key" ON "RollOut"("previousId");

-- CreateIndex
CREATE INDEX "RollOut_ruleId_startedAt_idx" ON "RollOut"("ruleId", "startedAt");

-- CreateIndex
CREATE INDEX "RollOut_startedAt_idx" ON "RollOut"("startedAt");

-- CreateIndex
CREATE INDEX "RollOut_requestId_idx" ON "RollOut"("requestId");

-- CreateIndex
CREATE INDEX "RollOutEvent_rollOutId_id_idx" ON "RollOutEvent"("rollOutId", "id");

-- AddForeignKey
ALTER TABLE "RollOut" ADD CONSTRAINT "RollOut_previousId_fkey" FOREIGN KEY ("previousId") REFERENCES "RollOut"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RollOutPhone" ADD CONSTRAINT "RollOutPhone_rollOutId_fkey" FOREIGN KEY ("rollOutId") REFERENCES "RollOut"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RollOutSample" ADD CONSTRAINT "RollOutSample_rollOutId_fkey" FOREIGN KEY ("rollOutId") REFERENCES "RollOut"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RollOutEvent" ADD CONSTRAINT "RollOutEvent_rollOutId_fkey" FOREIGN KEY ("rollOutId") REFERENCES "RollOut"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The worker looks for these every minute; old rows are no part of it.
CREATE INDEX "RollOut_open_idx" ON "RollOut"("startedAt") WHERE "settledAt" IS NULL;
CREATE UNIQUE INDEX "RollOut_under_way_key" ON "RollOut"("ruleId") WHERE "endedAt" IS NULL;
