"use client";

import { useTranslations } from "next-intl";
import type { DialectFieldsProps } from "#components/dialect/answer-fields";
import { TextField } from "#components/ui/text-field";
import { useJoined } from "#components/ui/use-joined";
import type { LyncNamedField } from "#formats/protocol/lync-aliases";
import {
  LYNC_DEVICE_NAMES,
  LYNC_MODULE_ELEMENTS,
  LYNC_MODULE_NAMES,
  LYNC_NAMED_FIELDS,
} from "#formats/protocol/lync-aliases";

/** The names that are always understood. */
const BUILT_IN: Readonly<Record<LyncNamedField, readonly string[]>> = {
  ...LYNC_DEVICE_NAMES,
  ...LYNC_MODULE_NAMES,
  module: LYNC_MODULE_ELEMENTS,
};

/** Additional names of fields in the requests of phones. */
export function RequestFields({ fields, problemOf, isFixed, onChange }: DialectFieldsProps) {
  const t = useTranslations("dialect.names");
  const joined = useJoined();
  const { requestNames } = fields;
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      {LYNC_NAMED_FIELDS.map((name) => (
        <TextField
          key={name}
          label={t(name)}
          hint={t("anyway", { names: joined(BUILT_IN[name]) })}
          error={problemOf(`requestNames.${name}`)}
          spellCheck={false}
          readOnly={isFixed}
          value={requestNames[name]}
          onChange={(text) =>
            onChange({
              ...fields,
              requestNames: { ...requestNames, [name]: text },
            })
          }
        />
      ))}
    </div>
  );
}
