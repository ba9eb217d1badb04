// Beside the reader of templates, so that a page that only lists them does not load it.

/** Placeholders for values of the whole answer, in any template. */
export const ANSWER_PLACEHOLDERS = ["downloads"] as const;
/** Placeholders for values of one module. Outside a repeated element, they use the first module. */
export const MODULE_PLACEHOLDERS = [
  "updateType",
  "fileName",
  "signatureFileName",
  "version",
  "fromVersion",
  "timestamp",
  "internalBaseUrl",
  "externalBaseUrl",
  "internalUrl",
  "externalUrl",
  "size",
  "sha256",
  "deviceType",
  "vendor",
  "model",
  "revision",
  "locale",
] as const;

export type ModulePlaceholder = (typeof MODULE_PLACEHOLDERS)[number];
export type Placeholder = (typeof ANSWER_PLACEHOLDERS)[number] | ModulePlaceholder;

/** Marks the element that is written once per module. */
export const REPEAT_ATTRIBUTE = "uc:each";
