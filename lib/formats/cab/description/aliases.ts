import type { DescribedField, DescribedFileRole } from "#formats/cab/description/model";

/**
 * The schema of `updateInfo.xml` is not public, so every plausible spelling is accepted: local names,
 * compared by `toComparableName`. For each field the first alias that occurs wins.
 *
 * `nested` names are unambiguous at any depth of an update; `direct` names are common words (the `language` of a
 * text) and count only on the update itself or around it.
 */
export const FIELD_ALIASES = {
  deviceType: { nested: ["devicetype"], direct: [] },
  brand: { nested: ["brand", "vendor", "manufacturer"], direct: [] },
  model: { nested: ["model", "hardwaremodel"], direct: ["hardware"] },
  revision: { nested: ["revision", "hardwarerevision"], direct: ["rev"] },
  locale: { nested: ["locale"], direct: ["language", "lcid"] },
  version: { nested: ["version", "firmwareversion"], direct: ["ver"] },
  updateType: { nested: ["updatetype"], direct: ["module"] },
} as const satisfies Record<
  DescribedField,
  { readonly nested: readonly string[]; readonly direct: readonly string[] }
>;

/** Holds a device type, an update type or neither; `resolveType` decides by the value. */
export const TYPE_NAME = "type";

/** Device types of the original, and the one for phones of other vendors; rules may have more. */
export const KNOWN_DEVICE_TYPES = ["UCPhone", "RoundTable", "3PIP"] as const;

/** An element around several updates may state fields for all of them, but its version is the document's version. */
export const FIELDS_NOT_INHERITED: ReadonlySet<DescribedField> = new Set(["version"]);

/** Names that give a file of an update; null when the file's extension determines its role. */
export const FILE_ALIASES: ReadonlyMap<string, DescribedFileRole | null> = new Map([
  ["image", "image"],
  ["imagefile", "image"],
  ["imagefilename", "image"],
  ["firmware", "image"],
  ["firmwarefile", "image"],
  ["signature", "signature"],
  ["signaturefile", "signature"],
  ["signaturefilename", "signature"],
  ["catalog", "signature"],
  ["catalogfile", "signature"],
  ["catalogfilename", "signature"],
  ["descriptionfile", "description"],
  ["descriptionfilename", "description"],
  ["file", null],
  ["filename", null],
  ["filepath", null],
  ["name", null],
  ["path", null],
  ["source", null],
]);

export const MANIFEST_NAME = "updateinfo.xml";
export const UPDATE_ELEMENT = "update";

/** Extensions of files that phones do not load: offered as firmware only if nothing else can be firmware. */
export const SIDE_EXTENSIONS: ReadonlySet<string> = new Set([
  ...["txt", "md", "rtf", "pdf", "doc", "docx", "htm", "html", "url", "lnk", "log", "csv"],
  ...["png", "jpg", "jpeg", "gif", "bmp", "ico", "xml", "cat", "inf", "ini"],
]);

/** Extensions of containers: a path part with one is a file that was opened, not a folder. */
export const CONTAINER_EXTENSIONS: ReadonlySet<string> = new Set(["cab", "exe", "zip"]);

/** The first extension is that of Lync Phone Edition; the others are loaded by phones of other vendors. */
export const ROLE_BY_EXTENSION: ReadonlyMap<string, DescribedFileRole> = new Map([
  ["nbt", "image"],
  ["ld", "image"],
  ["img", "image"],
  ["rom", "image"],
  ["bin", "image"],
  ["fw", "image"],
  ["hex", "image"],
  ["st", "image"],
  ["sbn", "image"],
  ["cat", "signature"],
  ["xml", "description"],
]);
