-- AlterTable
ALTER TABLE "Blob" ADD COLUMN     "problem" TEXT,
ADD COLUMN     "problemSince" TIMESTAMPTZ(3),
ADD COLUMN     "verifiedAt" TIMESTAMPTZ(3),
ADD COLUMN     "verifiedFile" TEXT;

-- CreateIndex
CREATE INDEX "Blob_problem_idx" ON "Blob"("problem");
