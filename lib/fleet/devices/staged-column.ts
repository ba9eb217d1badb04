/**
 * The columns of the temporary table `StagedCheck`, from which the inventory is updated; `place` is the order of its
 * rows. Rows of phones that report the same may have the same `kindNumber`; rows with the same `kindNumber` do. The check
 * log creates and fills the table.
 */
export type StagedColumn =
  | "at"
  | "deviceKey"
  | "serialKey"
  | "poolId"
  | "side"
  | "outcome"
  | "address"
  | "macAddress"
  | "serialNumber"
  | "deviceType"
  | "brand"
  | "model"
  | "revision"
  | "locale"
  | "hardwareKey"
  | "userName"
  | "trigger"
  | "version"
  | "versionType"
  | "requested"
  | "offered"
  | "judgements"
  | "kindNumber";
