"use server";

import type { ActionResult } from "#access/auth/action-result";
import { reloadAfter, runAction } from "#access/auth/server/run-action";
import type { RetireInput, RetirementReport } from "#fleet/devices/retirement";
import { retireInput } from "#fleet/devices/retirement";
import type { RetireByAgePreview } from "#fleet/devices/retire-by-age";
import type { SetRetireByAgeInput } from "#fleet/devices/retire-by-age-schema";
import { previewRetireByAgeInput, setRetireByAgeInput } from "#fleet/devices/retire-by-age-schema";
import { restorePhones } from "#fleet/devices/server/restore-phones";
import { previewRetireByAge } from "#fleet/devices/server/preview-retire-by-age";
import { retirePhones } from "#fleet/devices/server/retire-phones";
import { setRetireByAge } from "#fleet/devices/server/set-retire-by-age";
import type { MergePreview, MergeReport } from "#phones/merges/model";
import type { MergeInput, PreviewMergeInput } from "#phones/merges/schema";
import { mergeInput, previewMergeInput } from "#phones/merges/schema";
import { mergePhones, previewMerge } from "#phones/merges/server/merge-phones";
import type { JobPreview, PhoneJob } from "#phones/phone-jobs/model";
import type {
  MakeTestDevicesInput,
  PhoneSearch,
  StartPhoneJobInput,
} from "#phones/phone-jobs/schema";
import {
  makeTestDevicesInput,
  phoneJobInput,
  phoneSearch,
  startPhoneJobInput,
} from "#phones/phone-jobs/schema";
import { cancelPhoneJob } from "#phones/phone-jobs/server/cancel-phone-job";
import { previewMatching } from "#phones/phone-jobs/server/find-matching-phones";
import type { MadeTestDevices } from "#phones/phone-jobs/server/make-test-devices";
import { makeTestDevices } from "#phones/phone-jobs/server/make-test-devices";
import { startPhoneJob } from "#phones/phone-jobs/server/start-phone-job";

export async function retirePhonesAction(
  input: RetireInput,
): Promise<ActionResult<RetirementReport>> {
  const result = await runAction(retireInput, input, retirePhones);
  reloadAfter(result, "/devices", "layout");
  return result;
}

export async function restorePhonesAction(
  input: RetireInput,
): Promise<ActionResult<RetirementReport>> {
  const result = await runAction(retireInput, input, restorePhones);
  reloadAfter(result, "/devices", "layout");
  return result;
}

export async function previewMatchingAction(
  search: PhoneSearch,
): Promise<ActionResult<JobPreview>> {
  return runAction(phoneSearch, search, previewMatching);
}

export async function startPhoneJobAction(
  input: StartPhoneJobInput,
): Promise<ActionResult<PhoneJob>> {
  const result = await runAction(startPhoneJobInput, input, startPhoneJob);
  reloadAfter(result, "/devices", "layout");
  return result;
}

export async function cancelPhoneJobAction(input: {
  readonly jobId: string;
}): Promise<ActionResult<PhoneJob>> {
  const result = await runAction(phoneJobInput, input, cancelPhoneJob);
  reloadAfter(result, "/devices", "layout");
  return result;
}

export async function makeTestDevicesAction(
  input: MakeTestDevicesInput,
): Promise<ActionResult<MadeTestDevices>> {
  const result = await runAction(makeTestDevicesInput, input, makeTestDevices);
  reloadAfter(result, "/devices", "layout");
  return result;
}

export async function previewRetireByAgeAction(input: {
  readonly days: number;
}): Promise<ActionResult<RetireByAgePreview>> {
  return runAction(previewRetireByAgeInput, input, previewRetireByAge);
}

export async function setRetireByAgeAction(
  input: SetRetireByAgeInput,
): Promise<ActionResult<void>> {
  const result = await runAction(setRetireByAgeInput, input, setRetireByAge);
  reloadAfter(result, "/devices/retired");
  return result;
}

export async function previewMergeAction(
  input: PreviewMergeInput,
): Promise<ActionResult<MergePreview>> {
  return runAction(previewMergeInput, input, previewMerge);
}

export async function mergePhonesAction(input: MergeInput): Promise<ActionResult<MergeReport>> {
  const result = await runAction(mergeInput, input, mergePhones);
  reloadAfter(result, "/devices", "layout");
  return result;
}
