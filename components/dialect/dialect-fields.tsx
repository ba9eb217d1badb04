import type { LyncNamedField } from "#formats/protocol/lync-aliases";
import type { LyncDialect } from "#phones/dialect/dialect";
import type { SampleAnswers } from "#phones/dialect/sample-answers";
import type { TemplateFault } from "#phones/dialect/dialect-template";

/** A dialect in the form, where the names of each field are one line of text. */
export type DialectFields = Omit<LyncDialect, "requestNames"> & {
  readonly requestNames: Readonly<Record<LyncNamedField, string>>;
};

/** The problem of a field: its code, and the values for the message. */
export type DialectProblem = {
  readonly code: TemplateFault | "too_long" | "names" | "status" | "content_type";
  readonly values: Readonly<Record<string, string | number>>;
};

export type DialectReading =
  | { readonly kind: "valid"; readonly dialect: LyncDialect; readonly samples: SampleAnswers }
  /** The problems by field. */
  | { readonly kind: "invalid"; readonly problems: ReadonlyMap<string, DialectProblem> };

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
