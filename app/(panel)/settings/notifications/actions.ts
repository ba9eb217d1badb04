"use server";

import type { ActionResult } from "#access/auth/action-result";
import { reloadAfter, runAction } from "#access/auth/server/run-action";
import type { Attempt, LoggedMessage } from "#access/notifications/model";
import type {
  ChangeMailServerInput,
  ChangeWebhookInput,
  CreateWebhookInput,
  ReplayMessageInput,
  TestMailInput,
  WebhookIdInput,
} from "#access/notifications/schema";
import {
  changeMailServerInput,
  changeWebhookInput,
  createWebhookInput,
  replayMessageInput,
  testMailInput,
  webhookIdInput,
} from "#access/notifications/schema";
import { changeMailServer } from "#access/notifications/server/change-mail-server";
import { changeWebhook } from "#access/notifications/server/change-webhook";
import { createWebhook } from "#access/notifications/server/create-webhook";
import { removeWebhook } from "#access/notifications/server/remove-webhook";
import { replayMessage } from "#access/notifications/server/replay-message";
import { rotateWebhookSecret } from "#access/notifications/server/rotate-webhook-secret";
import { sendTestMail } from "#access/notifications/server/send-test-mail";
import { testWebhook } from "#access/notifications/server/test-webhook";

const PAGE = "/settings/notifications";

export async function changeMailServerAction(
  input: ChangeMailServerInput,
): Promise<ActionResult<void>> {
  const result = await runAction(changeMailServerInput, input, changeMailServer);
  reloadAfter(result, PAGE);
  return result;
}

/** Changes nothing that the page shows. */
export async function sendTestMailAction(input: TestMailInput): Promise<ActionResult<Attempt>> {
  return runAction(testMailInput, input, sendTestMail);
}

export async function createWebhookAction(
  input: CreateWebhookInput,
): Promise<ActionResult<{ readonly secret: string }>> {
  const result = await runAction(createWebhookInput, input, createWebhook);
  reloadAfter(result, PAGE);
  return result;
}

export async function changeWebhookAction(input: ChangeWebhookInput): Promise<ActionResult<void>> {
  const result = await runAction(changeWebhookInput, input, changeWebhook);
  reloadAfter(result, PAGE);
  return result;
}

export async function removeWebhookAction(input: WebhookIdInput): Promise<ActionResult<void>> {
  const result = await runAction(webhookIdInput, input, removeWebhook);
  reloadAfter(result, PAGE);
  return result;
}

export async function rotateWebhookSecretAction(
  input: WebhookIdInput,
): Promise<ActionResult<{ readonly secret: string }>> {
  const result = await runAction(webhookIdInput, input, rotateWebhookSecret);
  reloadAfter(result, PAGE);
  return result;
}

export async function testWebhookAction(
  input: WebhookIdInput,
): Promise<ActionResult<LoggedMessage>> {
  const result = await runAction(webhookIdInput, input, testWebhook);
  reloadAfter(result, PAGE);
  return result;
}

export async function replayMessageAction(input: ReplayMessageInput): Promise<ActionResult<void>> {
  const result = await runAction(replayMessageInput, input, replayMessage);
  reloadAfter(result, PAGE);
  return result;
}
