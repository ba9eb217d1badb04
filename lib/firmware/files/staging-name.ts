/** `upload`: a file that is being received; `work`: the directory in which an import unpacks. */
export const STAGING_KINDS = ["upload", "work"] as const;
export type StagingKind = (typeof STAGING_KINDS)[number];

export type StagingOwner = { readonly host: string; readonly pid: number };

/**
 * A name in the staging area contains its process, so that another process (the command line beside the server, the
 * server after a crash) can distinguish files in use from leftovers.
 */
export function toStagingName(kind: StagingKind, owner: StagingOwner, id: string): string {
  return [kind, toHostPart(owner.host), owner.pid, id].join(".");
}

export type StagingWitness = {
  readonly self: StagingOwner;
  /** How long this process has been running. */
  readonly uptimeMs: number;
  readonly isRunning: (pid: number) => boolean;
};

const MINUTE_MS = 60_000;
const ABANDONED_AFTER_MS = 24 * 60 * MINUTE_MS;
/**
 * An upload without data for one minute is refused, so one that did not grow for this long has ended. This also holds if
 * its process cannot be checked: it ran on another machine or in another container, or its process id was reused.
 */
const UPLOAD_ABANDONED_AFTER_MS = 30 * MINUTE_MS;

export type StagingAge = {
  /** The time since the last known change. */
  readonly ageMs: number;
  /** Whether the age is that of the beginning, because object storage does not show how an upload grows. */
  readonly isGrowing?: boolean;
};

/** Whether a name in the staging area no longer belongs to a running process. */
export function isLeftover(
  name: string,
  { ageMs, isGrowing = false }: StagingAge,
  witness: StagingWitness,
): boolean {
  if (ageMs > ABANDONED_AFTER_MS) {
    return true;
  }
  const owner = toOwner(name);
  if (owner === null) {
    return true;
  }
  if (owner.kind === "upload" && !isGrowing && ageMs > UPLOAD_ABANDONED_AFTER_MS) {
    return true;
  }
  if (owner.host !== toHostPart(witness.self.host)) {
    return false;
  }
  // In a container, the process has the same id at every start, so a file with this id may be of an earlier start.
  return owner.pid === witness.self.pid ? ageMs > witness.uptimeMs : !witness.isRunning(owner.pid);
}

function toOwner(name: string): (StagingOwner & { readonly kind: string }) | null {
  const [kind = "", host, pid, id] = name.split(".");
  if (host === undefined || pid === undefined || id === undefined || !/^\d+$/.test(pid)) {
    return null;
  }
  return { kind, host, pid: Number(pid) };
}

function toHostPart(host: string): string {
  const part = host.toLowerCase().replace(/[^a-z0-9-]/g, "-");
  return part === "" ? "-" : part;
}
