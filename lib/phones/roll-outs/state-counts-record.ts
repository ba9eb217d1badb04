import type { RollOutStateCounts } from "#fleet/devices/roll-out-state";

/** The number of phones in each state, under the names that the database, scripts and exports have for the states. */
export type StateCountsRecord = {
  readonly waiting: number;
  readonly silent: number;
  readonly offered: number;
  readonly downloading: number;
  readonly downloaded: number;
  readonly running: number;
  readonly fellBack: number;
  readonly neverCameBack: number;
  readonly otherVersion: number;
  readonly left: number;
};

export function toStateCountsRecord(counts: RollOutStateCounts): StateCountsRecord {
  const { waiting, silent, offered, downloading, downloaded, running, left } = counts;
  return {
    waiting,
    silent,
    offered,
    downloading,
    downloaded,
    running,
    fellBack: counts.fell_back,
    neverCameBack: counts.never_came_back,
    otherVersion: counts.other_version,
    left,
  };
}

export function fromStateCountsRecord(record: StateCountsRecord): RollOutStateCounts {
  const { waiting, silent, offered, downloading, downloaded, running, left } = record;
  return {
    waiting,
    silent,
    offered,
    downloading,
    downloaded,
    running,
    fell_back: record.fellBack,
    never_came_back: record.neverCameBack,
    other_version: record.otherVersion,
    left,
  };
}
