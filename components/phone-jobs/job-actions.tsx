import type { ActionResult } from "#access/auth/action-result";
import type { JobPreview, PhoneJob } from "#phones/phone-jobs/model";
import type {
  MakeTestDevicesInput,
  PhoneSearch,
  StartPhoneJobInput,
} from "#phones/phone-jobs/schema";
import type { RefusedTestDevice } from "#fleet/test-devices/model";

export type StartPhoneJob = (input: StartPhoneJobInput) => Promise<ActionResult<PhoneJob>>;
export type PreviewMatching = (search: PhoneSearch) => Promise<ActionResult<JobPreview>>;
export type MakeTestDevices = (input: MakeTestDevicesInput) => Promise<
  ActionResult<{
    readonly created: number;
    readonly refused: readonly RefusedTestDevice[];
    readonly skipped: number;
  }>
>;
