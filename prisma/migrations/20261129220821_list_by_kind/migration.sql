-- CreateIndex
CREATE INDEX "ListedDevice_kindId_deviceId_idx" ON "ListedDevice"("kindId", "deviceId");
