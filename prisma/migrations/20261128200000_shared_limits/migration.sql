-- Written by rate-limiter-flexible, which expects these names and this order of the columns.
CREATE TABLE "SharedLimit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "SharedLimit_pkey" PRIMARY KEY ("key")
);

CREATE TABLE "CaptureLoss" (
    "since" TIMESTAMPTZ(3) NOT NULL,
    "overRate" INTEGER NOT NULL,
    "dropped" INTEGER NOT NULL,

    CONSTRAINT "CaptureLoss_pkey" PRIMARY KEY ("since")
);
