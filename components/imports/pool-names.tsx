import { useJoined } from "#components/ui/use-joined";

type PoolNamesProps = {
  readonly poolIds: readonly string[];
  /** The names of pools by id. Removed pools are missing and are left out. */
  readonly poolNames: Readonly<Record<string, string>>;
};

const SHOWN = 1;

/** The first name and the number of the others; all names on hover. */
export function PoolNames({ poolIds, poolNames }: PoolNamesProps) {
  const joined = useJoined();
  const names = poolIds.flatMap((id) => poolNames[id] ?? []);
  const rest = names.length - SHOWN;
  return (
    <span title={names.join("\n")} className="md:whitespace-nowrap">
      {joined(names.slice(0, SHOWN))}
      {rest > 0 && <span className="text-ink-muted"> +{rest}</span>}
    </span>
  );
}
