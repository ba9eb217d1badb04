import type { DeviceUpdate } from "#fleet/devices/model";

/** The observable steps of an update of a phone. */
export const UPDATE_STEPS = [
  "offered",
  "started",
  "downloaded",
  "booted_old",
  "still_old",
  "running",
  "other_version",
  "lost",
  "silent",
] as const;
export type UpdateStep = (typeof UPDATE_STEPS)[number];

/** The observed steps in chronological order; `lastSeenAt` is the time of the phone's last check. */
export function toUpdateSteps(
  update: DeviceUpdate,
  lastSeenAt: Date,
): readonly { readonly step: UpdateStep; readonly at: Date }[] {
  const { fellBackAt, bootedAt, lostAt, otherVersionAt, state } = update;
  // A power-on before the download was complete proves nothing.
  const cameBackAt = bootedAt !== null && isAfterDownload(update, bootedAt) ? bootedAt : null;
  const moments = {
    offered: update.offeredAt,
    started: update.startedAt,
    downloaded: update.downloadedAt,
    booted_old: otherVersionAt === null ? cameBackAt : null,
    still_old: cameBackAt === null && lostAt === null ? fellBackAt : null,
    running: update.runningAt,
    other_version: update.otherVersionAt,
    lost: otherVersionAt === null ? lostAt : null,
    silent: state === "never_came_back" ? lastSeenAt : null,
  } as const satisfies Record<UpdateStep, Date | null>;
  return UPDATE_STEPS.flatMap((step) => {
    const at = moments[step];
    return at === null ? [] : [{ step, at }];
  }).toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

function isAfterDownload({ downloadedAt }: DeviceUpdate, at: Date): boolean {
  return downloadedAt !== null && at >= downloadedAt;
}
