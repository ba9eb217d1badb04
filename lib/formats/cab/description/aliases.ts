import type { DescribedField, DescribedFileRole } from "#formats/cab/description/model";

/**
 * The schema of `updateInfo.xml` is not public, so every plausible spelling is accepted: local names,
 * compared by `toComparableName`. Within a field the first alias that occurs wins.
 *
 * `nested` names say enough wherever they stand in an update; `direct` ones are everyday words (the `language` of a text)
 * and count only on the update itself or around it.
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

/** A device type or an update type, or neither: its value tells (`resolveType`). */
export const TYPE_NAME = "type";

/** Device types of the original, and that of other vendors' phones; rules may have more. */
export const KNOWN_DEVICE_TYPES = ["UCPhone", "RoundTable", "3PIP"] as const;

/** An element around several updates may state what they share, but its version is that of the document. */
export const FIELDS_NOT_INHERITED: ReadonlySet<DescribedField> = new Set(["version"]);

/** Names under which a file of an update is given; null where the file's extension tells its role. */
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

/** What phones do not load, by extension: never asked about unless nothing else could be firmware. */
export const SIDE_EXTENSIONS: ReadonlySet<string> = new Set([
  ...["txt", "md", "rtf", "pdf", "doc", "docx", "htm", "html", "url", "lnk", "log", "csv"],
  ...["png", "jpg", "jpeg", "gif", "bmp", "ico", "xml", "cat", "inf", "ini"],
]);

/** Extensions of containers: in a path such a part is a file that was opened, not a folder. */
export const CONTAINER_EXTENSIONS: ReadonlySet<string> = new Set(["cab", "exe", "zip"]);

/** By extension. The first is that of Lync Phone Edition, the others are what other vendors' phones load. */
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
