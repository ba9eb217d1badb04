-- A phone is found by its serial number in any case, and one that was known by its serial number alone is found again
-- when it also sends a MAC address. Additive: the previous version fills none of this and reads none of it.

-- AlterTable
ALTER TABLE "Device" ADD COLUMN     "serialChanges" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "serialKey" TEXT;

-- CreateIndex
CREATE INDEX "Device_serialKey_idx" ON "Device"("serialKey");

-- Lookups of test devices and phones by serial number ignore case.
CREATE INDEX "Device_serialNumber_lower_idx" ON "Device"(lower("serialNumber"));
CREATE INDEX "TestDevice_identifierType_identifier_lower_idx" ON "TestDevice"("identifierType", lower("identifier"));
-- Few phones ever change their serial number.
CREATE INDEX "Device_serialChanges_idx" ON "Device"("deviceKey") WHERE "serialChanges" <> '[]';

-- A row under a MAC address that identifies no phone (all zeros, or a group address) is a mix of phones: its serial
-- number is that of the phone that asked last, and must lead no other check to this row.
UPDATE "Device" SET "serialKey" = lower('serial:' || "brand" || '/' || "serialNumber")
WHERE "serialNumber" IS NOT NULL AND ("macAddress" IS NULL OR "macAddress" !~ '^(0+|[0-9A-F][13579BDF].*)$');

-- The serial numbers that a phone reported before, after further checks in their order. A change is explained by an
-- update if the first check under the new number reports a version that the check before was offered. At most 8 changes
-- are kept.
CREATE FUNCTION fold_serial_changes(
  changes jsonb, serial text, offered jsonb, checks jsonb
) RETURNS jsonb LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  max_changes CONSTANT int := 8;
  said jsonb;
  channel text;
BEGIN
  FOR place IN 0 .. jsonb_array_length(checks) - 1 LOOP
    said := checks -> place;
    IF said ->> 'serialNumber' IS NOT NULL THEN
      IF lower(said ->> 'serialNumber') <> lower(serial) THEN
        SELECT offer ->> 'channel' INTO channel
        FROM jsonb_array_elements(offered) offer, jsonb_array_elements(said -> 'requested') module
        WHERE lower(offer ->> 'updateType') = lower(module ->> 'updateType')
          AND offer ->> 'version' = module ->> 'version'
        LIMIT 1;
        changes := jsonb_build_array(jsonb_build_object(
          'serialNumber', serial,
          'atMs', (extract(epoch FROM (said ->> 'at')::timestamptz) * 1000)::bigint,
          'channel', channel
        )) || changes;
        IF jsonb_array_length(changes) > max_changes THEN
          changes := changes - max_changes;
        END IF;
      END IF;
      serial := said ->> 'serialNumber';
    END IF;
    offered := said -> 'offered';
  END LOOP;
  RETURN changes;
END
$$;
