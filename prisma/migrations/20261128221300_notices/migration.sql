-- CreateTable
CREATE TABLE "Notice" (
    "id" BIGSERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "groupKey" TEXT,
    "kind" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "settlesAt" TIMESTAMPTZ(3) NOT NULL,
    "toldAt" TIMESTAMPTZ(3),
    "actorId" UUID,

    CONSTRAINT "Notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WatchedCondition" (
    "name" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "raisedAt" TIMESTAMPTZ(3),
    "contrarySince" TIMESTAMPTZ(3),
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "WatchedCondition_pkey" PRIMARY KEY ("name","host")
);

-- CreateIndex
CREATE UNIQUE INDEX "Notice_key_key" ON "Notice"("key");

-- CreateIndex
CREATE INDEX "Notice_groupKey_idx" ON "Notice"("groupKey");

-- CreateIndex
CREATE INDEX "Notice_at_idx" ON "Notice"("at");

-- Every worker looks for notices that are not told yet every few seconds.
CREATE INDEX "Notice_untold" ON "Notice"("settlesAt") WHERE "toldAt" IS NULL;
