-- CreateTable
CREATE TABLE "PhoneJob" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "search" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "total" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "createdByName" TEXT NOT NULL,
    "createdById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "PhoneJob_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PhoneJobTarget" (
    "jobId" UUID NOT NULL,
    "deviceId" UUID NOT NULL,

    CONSTRAINT "PhoneJobTarget_pkey" PRIMARY KEY ("jobId","deviceId")
);

-- CreateIndex
CREATE INDEX "PhoneJob_createdAt_idx" ON "PhoneJob"("createdAt");

-- AddForeignKey
ALTER TABLE "PhoneJobTarget" ADD CONSTRAINT "PhoneJobTarget_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "PhoneJob"("id") ON DELETE CASCADE ON UPDATE CASCADE;
