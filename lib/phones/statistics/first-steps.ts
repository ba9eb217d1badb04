/** What a new installation needs before the first update. */
export const FIRST_STEPS = ["import", "ask", "test"] as const;
export type FirstStep = (typeof FIRST_STEPS)[number];

export type FirstSteps = {
  readonly done: Readonly<Record<FirstStep, boolean>>;
  /** The address of the default pool, which phones are led to; null without one. */
  readonly poolUrl: string | null;
};
