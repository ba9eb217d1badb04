type PoolNamesProps = {
  readonly poolIds: readonly string[];
  /** The names of pools by id. Removed pools are missing and are left out. */
  readonly poolNames: Readonly<Record<string, string>>;
};

const SHOWN = 2;

/** The first names and the number of the others; all names on hover. */
export function PoolNames({ poolIds, poolNames }: PoolNamesProps) {
  const names = poolIds.flatMap((id) => poolNames[id] ?? []);
  const rest = names.length - SHOWN;
  return (
    <span title={names.join("\n")}>
      {names.slice(0, SHOWN).join(", ")}
      {rest > 0 && <span className="text-ink-muted"> +{rest}</span>}
    </span>
  );
}
