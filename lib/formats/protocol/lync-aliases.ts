/**
 * Element and attribute names that phones may use, in the form of `toComparableName`. The real names are not documented
 * (device-protocol.md, 1.3 and 9.2), so several are tried: earlier names take precedence.
 */
export const LYNC_DEVICE_NAMES = {
  deviceType: ["devicetype", "type"],
  macAddress: ["macaddress", "mac", "macaddr"],
  serialNumber: ["serialnumber", "serial", "sn"],
  brand: ["vendor", "manufacturer", "brand"],
  model: ["model", "hardwaremodel"],
  revision: ["revision", "hardwarerevision", "rev"],
  locale: ["locale", "language", "lcid"],
  user: ["userid", "user", "username"],
  trigger: ["trigger"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export const LYNC_MODULE_NAMES = {
  fileName: ["filename", "name"],
  version: ["version", "ver", "firmwareversion"],
  timestamp: ["timestamp", "date"],
  updateType: ["updatetype"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Elements that are a module, at any depth. */
export const LYNC_MODULE_ELEMENTS = ["module", "image", "file"] as const;

export type LyncDeviceField = keyof typeof LYNC_DEVICE_NAMES;
export type LyncModuleField = keyof typeof LYNC_MODULE_NAMES;

/** Fields for which an administrator may add names. */
export const LYNC_NAMED_FIELDS = [
  "deviceType",
  "macAddress",
  "serialNumber",
  "brand",
  "model",
  "revision",
  "locale",
  "user",
  "module",
  "fileName",
  "version",
  "timestamp",
] as const satisfies readonly (LyncDeviceField | LyncModuleField | "module")[];
export type LyncNamedField = (typeof LYNC_NAMED_FIELDS)[number];

/** Names that an administrator added, for example from a captured request; they take precedence over ours. */
export type LyncExtraNames = Readonly<Partial<Record<LyncNamedField, readonly string[]>>>;
