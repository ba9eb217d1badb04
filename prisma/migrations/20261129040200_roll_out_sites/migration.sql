-- The numbers of a roll-out by the site of its phones. Additive: the previous version of the program, which may run at the
-- same time, does not write them, and the next count of this version does.

-- CreateTable
CREATE TABLE "RollOutSite" (
    "rollOutId" UUID NOT NULL,
    "siteName" TEXT NOT NULL,
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

    CONSTRAINT "RollOutSite_pkey" PRIMARY KEY ("rollOutId","siteName")
);

-- AddForeignKey
ALTER TABLE "RollOutSite" ADD CONSTRAINT "RollOutSite_rollOutId_fkey" FOREIGN KEY ("rollOutId") REFERENCES "RollOut"("id") ON DELETE CASCADE ON UPDATE CASCADE;
