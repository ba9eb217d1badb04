import { clsx } from "clsx";
import type { ClassValue } from "clsx";

/**
 * Joins class names. It decides no conflicts, because what does so weighs 10 kB: of two utilities for the same property, the
 * style sheet has the last word. What a caller may change has its own class in the layer `components` (app/globals.css),
 * which every utility overrides.
 */
export function cn(...classes: ClassValue[]): string {
  return clsx(classes);
}
