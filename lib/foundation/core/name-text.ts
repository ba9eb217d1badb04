import { z } from "zod";

/** Space, controls and characters that only act on others, such as marks of direction; the last is a blank of Braille. */
const VISIBLE = /[^\p{White_Space}\p{Control}\p{Format}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** A name that people see in lists. One of nothing but invisible characters looks empty and cannot be chosen. */
export function nameText(maxChars: number): z.ZodString {
  return z
    .string()
    .trim()
    .min(1, "Must not be empty.")
    .max(maxChars, `At most ${maxChars} characters.`)
    .refine((text) => text === "" || VISIBLE.test(text), "Must have a visible character.");
}
