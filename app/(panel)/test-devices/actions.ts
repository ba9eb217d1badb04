"use server";

import type { ActionResult } from "#access/auth/action-result";
import { reloadAfter, runAction } from "#access/auth/server/run-action";
import type { TestDevice, TestDevicesReport } from "#fleet/test-devices/model";
import type {
  ChangeTestDeviceInput,
  CreateTestDeviceInput,
  CreateTestDevicesInput,
  RemoveTestDevicesInput,
} from "#fleet/test-devices/schema";
import {
  changeTestDeviceInput,
  createTestDeviceInput,
  createTestDevicesInput,
  removeTestDevicesInput,
} from "#fleet/test-devices/schema";
import { changeTestDevice } from "#fleet/test-devices/server/change-test-device";
import { createTestDevice } from "#fleet/test-devices/server/create-test-device";
import { createTestDevices } from "#fleet/test-devices/server/create-test-devices";
import { removeTestDevices } from "#fleet/test-devices/server/remove-test-devices";

export async function createTestDeviceAction(
  input: CreateTestDeviceInput,
): Promise<ActionResult<TestDevice>> {
  const result = await runAction(createTestDeviceInput, input, createTestDevice);
  reloadAfter(result, "/test-devices");
  return result;
}

/** Called from a rule's page, which then shows the new test devices. */
export async function createTestDevicesAction(
  input: CreateTestDevicesInput,
): Promise<ActionResult<TestDevicesReport>> {
  const result = await runAction(createTestDevicesInput, input, createTestDevices);
  reloadAfter(result, "/updates", "layout");
  return result;
}

export async function changeTestDeviceAction(
  input: ChangeTestDeviceInput,
): Promise<ActionResult<void>> {
  const result = await runAction(changeTestDeviceInput, input, changeTestDevice);
  reloadAfter(result, "/test-devices");
  return result;
}

export async function removeTestDevicesAction(
  input: RemoveTestDevicesInput,
): Promise<ActionResult<{ readonly removed: number }>> {
  const result = await runAction(removeTestDevicesInput, input, removeTestDevices);
  reloadAfter(result, "/test-devices");
  return result;
}
