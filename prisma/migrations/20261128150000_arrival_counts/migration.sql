-- CreateTable
CREATE TABLE "ArrivalCount" (
    "since" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "network" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "ArrivalCount_pkey" PRIMARY KEY ("since","kind","side","network")
);
