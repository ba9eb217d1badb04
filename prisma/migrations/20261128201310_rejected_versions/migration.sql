-- CreateTable
CREATE TABLE "RejectedVersion" (
    "eventId" BIGINT NOT NULL,
    "hardwareKey" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "endedById" BIGINT,

    CONSTRAINT "RejectedVersion_pkey" PRIMARY KEY ("eventId")
);

-- CreateIndex
CREATE INDEX "RejectedVersion_hardwareKey_version_idx" ON "RejectedVersion"("hardwareKey", "version");

-- CreateIndex
CREATE INDEX "RejectedVersion_endedById_idx" ON "RejectedVersion"("endedById");

-- AddForeignKey
ALTER TABLE "RejectedVersion" ADD CONSTRAINT "RejectedVersion_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "RuleEvent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RejectedVersion" ADD CONSTRAINT "RejectedVersion_endedById_fkey" FOREIGN KEY ("endedById") REFERENCES "RuleEvent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The rejections in the history so far, as lib/firmware/rules/find-rejected-version.ts finds them. A roll-back counts if
-- the version that it leaves has the greater sort key.
INSERT INTO "RejectedVersion" ("eventId", "hardwareKey", "version")
SELECT found."id", found."imageKey", found."version"
FROM (
    SELECT
        event."id",
        lower(concat_ws('/', event."rule"->>'deviceType', event."rule"->>'brand', event."rule"->>'model', event."rule"->>'revision', event."rule"->>'locale', event."rule"->>'updateType')) AS "imageKey",
        CASE
            WHEN event."verb" = 'reset' THEN event."before"->'pending'->>'version'
            WHEN event."verb" = 'restored' AND event."after"->'approved'->>'version' IS NULL THEN event."before"->'approved'->>'version'
            WHEN event."verb" = 'restored' AND (
                SELECT string_agg(lpad(part, greatest(10, length(part)), '0'), '.' ORDER BY place)
                FROM string_to_table(event."before"->'approved'->>'version', '.') WITH ORDINALITY AS parts (part, place)
            ) COLLATE "C" > (
                SELECT string_agg(lpad(part, greatest(10, length(part)), '0'), '.' ORDER BY place)
                FROM string_to_table(event."after"->'approved'->>'version', '.') WITH ORDINALITY AS parts (part, place)
            ) COLLATE "C" THEN event."before"->'approved'->>'version'
            WHEN event."verb" = 'undone' AND undone."verb" = 'approved' THEN event."before"->'approved'->>'version'
        END AS "version"
    FROM "RuleEvent" event
    LEFT JOIN "RuleEvent" undone ON undone."id" = event."undoesId"
    WHERE event."verb" IN ('reset', 'restored', 'undone')
) found
WHERE found."version" IS NOT NULL;

-- A rejection ends with the event that undid it, or with the next approval of that version for the same kind of image.
UPDATE "RejectedVersion" rejected
SET "endedById" = ending."id"
FROM (
    SELECT "eventId", min("id") AS "id"
    FROM (
        SELECT undone."eventId", event."id"
        FROM "RuleEvent" event
        JOIN "RejectedVersion" undone ON undone."eventId" = event."undoesId"
        UNION ALL
        SELECT approved."eventId", event."id"
        FROM (
            SELECT
                "id",
                lower(concat_ws('/', "rule"->>'deviceType', "rule"->>'brand', "rule"->>'model', "rule"->>'revision', "rule"->>'locale', "rule"->>'updateType')) AS "imageKey",
                "after"->'approved'->>'version' AS "version"
            FROM "RuleEvent"
            WHERE "verb" IN ('approved', 'restored')
                AND "after"->'approved'->>'version' IS DISTINCT FROM "before"->'approved'->>'version'
        ) event
        JOIN "RejectedVersion" approved
            ON approved."hardwareKey" = event."imageKey"
            AND approved."version" = event."version"
            AND approved."eventId" < event."id"
    ) endings
    GROUP BY "eventId"
) ending
WHERE rejected."eventId" = ending."eventId";
