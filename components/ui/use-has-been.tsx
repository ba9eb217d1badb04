"use client";

import { useState } from "react";

/** Whether a value was true once: what has been opened stays mounted, so that it can close with its animation. */
export function useHasBeen(value: boolean): boolean {
  const [hasBeen, setHasBeen] = useState(value);
  if (value && !hasBeen) {
    setHasBeen(true);
  }
  return hasBeen || value;
}
