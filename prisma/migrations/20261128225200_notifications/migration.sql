-- AlterTable
ALTER TABLE "Account" ADD COLUMN     "email" TEXT;

-- CreateTable
CREATE TABLE "NotificationChoice" (
    "accountId" UUID NOT NULL,
    "locale" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "frequencies" JSONB NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "NotificationChoice_pkey" PRIMARY KEY ("accountId")
);

-- CreateTable
CREATE TABLE "NoticeRecipient" (
    "noticeId" BIGINT NOT NULL,
    "accountId" UUID NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "messageId" UUID,

    CONSTRAINT "NoticeRecipient_pkey" PRIMARY KEY ("noticeId","accountId")
);

-- CreateTable
CREATE TABLE "Webhook" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "kinds" TEXT[],
    "isEnabled" BOOLEAN NOT NULL DEFAULT true,
    "secret" TEXT NOT NULL,
    "previousSecret" TEXT,
    "previousSecretUntil" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "createdBy" TEXT NOT NULL,

    CONSTRAINT "Webhook_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OutgoingMessage" (
    "id" UUID NOT NULL,
    "accountId" UUID,
    "webhookId" UUID,
    "noticeId" BIGINT,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "lastAttemptAt" TIMESTAMPTZ(3),
    "nextAttemptAt" TIMESTAMPTZ(3),
    "status" INTEGER,
    "problem" TEXT,
    "detail" TEXT,
    "durationMs" INTEGER,

    CONSTRAINT "OutgoingMessage_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "NoticeRecipient_accountId_idx" ON "NoticeRecipient"("accountId");

-- CreateIndex
CREATE INDEX "NoticeRecipient_messageId_idx" ON "NoticeRecipient"("messageId");

-- CreateIndex
CREATE INDEX "OutgoingMessage_accountId_idx" ON "OutgoingMessage"("accountId");

-- CreateIndex
CREATE INDEX "OutgoingMessage_noticeId_idx" ON "OutgoingMessage"("noticeId");

-- CreateIndex
CREATE INDEX "OutgoingMessage_createdAt_idx" ON "OutgoingMessage"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "OutgoingMessage_webhookId_noticeId_key" ON "OutgoingMessage"("webhookId", "noticeId");

-- AddForeignKey
ALTER TABLE "NotificationChoice" ADD CONSTRAINT "NotificationChoice_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoticeRecipient" ADD CONSTRAINT "NoticeRecipient_noticeId_fkey" FOREIGN KEY ("noticeId") REFERENCES "Notice"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoticeRecipient" ADD CONSTRAINT "NoticeRecipient_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoticeRecipient" ADD CONSTRAINT "NoticeRecipient_messageId_fkey" FOREIGN KEY ("messageId") REFERENCES "OutgoingMessage"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OutgoingMessage" ADD CONSTRAINT "OutgoingMessage_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OutgoingMessage" ADD CONSTRAINT "OutgoingMessage_webhookId_fkey" FOREIGN KEY ("webhookId") REFERENCES "Webhook"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OutgoingMessage" ADD CONSTRAINT "OutgoingMessage_noticeId_fkey" FOREIGN KEY ("noticeId") REFERENCES "Notice"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Every worker looks for notices that are due every few seconds.
CREATE INDEX "NoticeRecipient_due" ON "NoticeRecipient"("dueAt") WHERE "messageId" IS NULL;
