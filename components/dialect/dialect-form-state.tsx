import { LYNC_NAMED_FIELDS } from "#lib/protocol/lync-aliases";
import type { LyncNamedField } from "#lib/protocol/lync-aliases";
import type { LyncDialect } from "#lib/protocol/dialect";
import { lyncDialect } from "#lib/protocol/dialect";

/** A dialect as it stands in the form, where names are typed as one line for each field. */
export type DialectFields = Omit<LyncDialect, "requestNames"> & {
  readonly requestNames: Readonly<Record<LyncNamedField, string>>;
};

export type DialectReading =
  | { readonly kind: "valid"; readonly dialect: LyncDialect }
  /** What is wrong, by field. */
  | { readonly kind: "invalid"; readonly problems: ReadonlyMap<string, string> };

export function toFields(dialect: LyncDialect): DialectFields {
  const line = (field: LyncNamedField): string => (dialect.requestNames[field] ?? []).join(" ");
  return {
    ...dialect,
    requestNames: {
      deviceType: line("deviceType"),
      macAddress: line("macAddress"),
      serialNumber: line("serialNumber"),
      brand: line("brand"),
      model: line("model"),
      revision: line("revision"),
      locale: line("locale"),
      user: line("user"),
      module: line("module"),
      fileName: line("fileName"),
      version: line("version"),
      timestamp: line("timestamp"),
    },
  };
}

/** By the same schema that decides on the server: what it refuses can be neither previewed nor saved. */
export function readFields(fields: DialectFields): DialectReading {
  const named = LYNC_NAMED_FIELDS.flatMap((field) => {
    const names = fields.requestNames[field].split(/[\s,;]+/).filter((name) => name !== "");
    return names.length === 0 ? [] : [[field, names] as const];
  });
  const parsed = lyncDialect.safeParse({ ...fields, requestNames: Object.fromEntries(named) });
  return parsed.success
    ? { kind: "valid", dialect: parsed.data }
    : {
        kind: "invalid",
        problems: new Map(
          parsed.error.issues.map(({ path, message }) => [path.slice(0, 2).join("."), message]),
        ),
      };
}
