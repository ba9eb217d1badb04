import { importDeviceUpdate } from "#lib/cli/commands/import-device-update";
import {
  getDeviceUpdateImport,
  resumeDeviceUpdateImport,
  stopDeviceUpdateImport,
} from "#lib/cli/commands/import-jobs";

export const importCommands = [
  importDeviceUpdate,
  getDeviceUpdateImport,
  resumeDeviceUpdateImport,
  stopDeviceUpdateImport,
];
