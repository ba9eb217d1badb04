-- Figures about the fleet and the check log, counted by the worker. Additive: an older version neither reads nor writes
-- them.
CREATE TABLE "CheckHour" (
    "since" TIMESTAMPTZ(3) NOT NULL,
    "checks" INTEGER NOT NULL,

    CONSTRAINT "CheckHour_pkey" PRIMARY KEY ("since")
);

CREATE TABLE "FleetCount" (
    "day" DATE NOT NULL,
    "brand" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "figure" TEXT NOT NULL,
    "phones" INTEGER NOT NULL,

    CONSTRAINT "FleetCount_pkey" PRIMARY KEY ("day","brand","model","version","figure")
);

CREATE TABLE "FleetSample" (
    "at" TIMESTAMPTZ(3) NOT NULL,
    "figure" TEXT NOT NULL,
    "phones" INTEGER NOT NULL,

    CONSTRAINT "FleetSample_pkey" PRIMARY KEY ("figure","at")
);

CREATE INDEX "FleetSample_at_idx" ON "FleetSample"("at");
