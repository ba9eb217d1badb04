"use client";

import type { ComponentProps } from "react";
import { useId } from "react";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { Textarea } from "#components/ui/textarea";

type FieldOf<Control> = Pick<ComponentProps<typeof Field>, "label" | "hint" | "aside" | "error"> &
  Omit<Control, "className" | "onChange"> & { readonly onChange: (text: string) => void };

type TextFieldProps = FieldOf<ComponentProps<typeof Input>> & {
  /** Values that the browser offers. */
  readonly suggestions?: readonly string[];
};

/** A field with one control. Other properties belong to the control. */
export function TextField(props: TextFieldProps) {
  const { label, hint, aside, error, onChange, suggestions, ...control } = props;
  const listId = useId();
  return (
    <Field label={label} hint={hint} aside={aside} error={error}>
      {(ids) => (
        <>
          <Input
            {...control}
            {...ids}
            list={suggestions && listId}
            onChange={(event) => onChange(event.target.value)}
          />
          {suggestions && (
            <datalist id={listId}>
              {suggestions.map((text) => (
                <option key={text} value={text} />
              ))}
            </datalist>
          )}
        </>
      )}
    </Field>
  );
}

export function TextAreaField(props: FieldOf<ComponentProps<typeof Textarea>>) {
  const { label, hint, aside, error, onChange, ...control } = props;
  return (
    <Field label={label} hint={hint} aside={aside} error={error}>
      {(ids) => (
        <Textarea {...control} {...ids} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  );
}

export function SelectField(props: FieldOf<ComponentProps<typeof Select>>) {
  const { label, hint, aside, error, onChange, ...control } = props;
  return (
    <Field label={label} hint={hint} aside={aside} error={error}>
      {(ids) => <Select {...control} {...ids} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}
