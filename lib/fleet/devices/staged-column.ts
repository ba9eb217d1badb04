/**
 * The columns of the temporary tables from which the inventory is updated. The check log creates and fills them.
 * `StagedCheck` has the checks; `place` is their order. `StagedKind` has what checks with the same `kindNumber` share;
 * its `kindId` is set here. Two numbers may have the same content.
 */
export type StagedColumn = StagedCheckColumn | StagedKindColumn;

type StagedCheckColumn =
  | "kindNumber"
  | "at"
  | "deviceKey"
  | "serialKey"
  | "side"
  | "address"
  | "macAddress"
  | "serialNumber"
  | "userName"
  | "trigger";

type StagedKindColumn =
  | "kindNumber"
  | "poolId"
  | "outcome"
  | "deviceType"
  | "brand"
  | "model"
  | "revision"
  | "locale"
  | "hardwareKey"
  | "version"
  | "versionType"
  | "requested"
  | "offered"
  | "judgements";
