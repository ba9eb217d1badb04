import type { RollOutSample } from "#phones/roll-outs/model";

export type SampleStepOptions = {
  readonly end: Date;
  /** How far back from the end the steps go at most. */
  readonly lengthMs?: number;
  readonly most: number;
};

/**
 * The numbers at up to `most` moments with equal pauses until an end, the first one not before the first sample;
 * `samples` are in order of time, and each is valid until the next one.
 */
export function toSampleSteps(
  samples: readonly RollOutSample[],
  { end, lengthMs = Number.POSITIVE_INFINITY, most }: SampleStepOptions,
): readonly RollOutSample[] {
  const [first] = samples;
  if (first === undefined) {
    return [];
  }
  const fromMs = Math.max(first.at.getTime(), end.getTime() - lengthMs);
  const spanMs = Math.max(0, end.getTime() - fromMs);
  const moments = spanMs === 0 ? [fromMs] : toMoments(fromMs, spanMs, most);
  return moments.map((ms) => {
    const valid = samples.findLast(({ at }) => at.getTime() <= ms) ?? first;
    return { ...valid, at: new Date(ms) };
  });
}

const MINUTE_MS = 60 * 1000;

/** Counts are made each minute, so the moments are a minute apart at least. */
function toMoments(fromMs: number, spanMs: number, most: number): readonly number[] {
  const steps = Math.max(1, Math.min(most - 1, Math.floor(spanMs / MINUTE_MS)));
  return Array.from({ length: steps + 1 }, (_, step) => fromMs + (spanMs * step) / steps);
}
