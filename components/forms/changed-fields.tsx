/**
 * The fields that differ from those that the form showed first. A form that sends only these does not undo what another
 * person has changed since then.
 */
export function changedFields<Fields extends object>(
  shown: Fields,
  fields: Fields,
): Partial<Fields> {
  const changed: Partial<Fields> = {};
  for (const name in fields) {
    if (JSON.stringify(fields[name]) !== JSON.stringify(shown[name])) {
      changed[name] = fields[name];
    }
  }
  return changed;
}
