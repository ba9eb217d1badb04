-- Filters of the check log compare models without regard to case (foldCase in lib/core/fold-case.ts). The collation makes
-- `lower` the same in every locale.
CREATE INDEX "DeviceCheck_model_folded_at_idx" ON "DeviceCheck"(lower("model" COLLATE "C"), "at");

-- DropIndex
DROP INDEX "DeviceCheck_model_at_idx";

-- The same filter of the list of devices. A check that reports the same model leaves this index alone, as it does the one
-- on "hardwareKey".
CREATE INDEX "Device_model_folded_idx" ON "Device"(lower("model" COLLATE "C"));
