"use client";

import { useFormatter, useLocale, useNow } from "next-intl";
import { useSyncExternalStore } from "react";

const TICK_MS = 30_000;
const RELATIVE_FOR_MS = 7 * 24 * 60 * 60 * 1000;

type InstantProps = {
  readonly date: Date;
  /** `auto`: "5 minutes ago" within a week, then the date. `full`: date and time. `precise`: date and time with seconds. */
  readonly format?: "auto" | "full" | "precise";
};

/**
 * An instant in the user's time zone, which only the browser knows. To avoid a hydration mismatch, the browser first
 * renders the same as the server (UTC and the server's "now"), then its own time zone and clock.
 */
export function Instant({ date, format = "auto" }: InstantProps) {
  const language = useLocale();
  const locale = useSyncExternalStore(
    never,
    () => regionOf(language),
    () => language,
  );
  const formatter = useFormatter();
  const serverNow = useNow().getTime();
  const now = useSyncExternalStore(everyTick, currentTick, () => serverNow);
  const timeZone = useSyncExternalStore(never, browserTimeZone, () => "UTC");
  const full = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: format === "precise" ? "medium" : "short",
    timeZone,
  }).format(date);
  const exact = new Intl.DateTimeFormat(locale, {
    dateStyle: "full",
    timeStyle: "long",
    timeZone,
  }).format(date);
  const isRecent = Math.abs(now - date.getTime()) < RELATIVE_FOR_MS;
  return (
    <time dateTime={date.toISOString()} title={exact} className="whitespace-nowrap tabular-nums">
      {format === "auto" && isRecent
        ? // The clocks of server and browser can differ: an instant that has just passed must not be in the future.
          formatter.relativeTime(date, Math.max(now, date.getTime()))
        : full}
    </time>
  );
}

function everyTick(onTick: () => void): () => void {
  const timer = setInterval(onTick, TICK_MS);
  return () => clearInterval(timer);
}

/** Rounded, because the snapshot must be stable between ticks. */
function currentTick(): number {
  return Math.ceil(Date.now() / TICK_MS) * TICK_MS;
}

function never(): () => void {
  return () => undefined;
}

/** The browser's regional variant of a language: dates in en-GB and en-US differ. */
function regionOf(language: string): string {
  return navigator.languages.find((region) => region.startsWith(`${language}-`)) ?? language;
}

function browserTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
