-- CreateIndex
CREATE INDEX "DeviceCheck_model_at_idx" ON "DeviceCheck"("model", "at");

-- CreateIndex
CREATE INDEX "DeviceCheck_outcome_at_idx" ON "DeviceCheck"("outcome", "at");
