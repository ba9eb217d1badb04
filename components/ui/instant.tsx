"use client";

import { useFormatter, useLocale, useNow } from "next-intl";
import { useSyncExternalStore } from "react";
import { useStoredChoice } from "#components/ui/stored-choice";
import { timeStyle } from "#components/ui/time-style";
import { nowBeside } from "#components/ui/now-beside";
import { NUMBERING_SYSTEM } from "#foundation/i18n/locales";

const TICK_MS = 30_000;
const RELATIVE_FOR_MS = 7 * 24 * 60 * 60 * 1000;

type InstantProps = {
  readonly date: Date;
  /**
   * `auto`: "5 minutes ago" or "in 2 days" within a week unless the person wants exact times, else the date. `full`: date and
   * time. `precise`: date and time with seconds.
   */
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
  const full = formatterOf(locale, timeZone, format === "precise" ? "precise" : "full").format(
    date,
  );
  const exact = formatterOf(locale, timeZone, "exact").format(date);
  const isRelative = useStoredChoice(timeStyle) === "relative";
  const isRecent = Math.abs(now - date.getTime()) < RELATIVE_FOR_MS;
  return (
    <time dateTime={date.toISOString()} title={exact} className="whitespace-nowrap tabular-nums">
      {format === "auto" && isRelative && isRecent
        ? formatter.relativeTime(date, nowBeside(date.getTime(), now))
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

const STYLES = {
  full: { dateStyle: "medium", timeStyle: "short" },
  precise: { dateStyle: "medium", timeStyle: "medium" },
  exact: { dateStyle: "full", timeStyle: "long" },
} as const;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Kept, because a formatter costs far more than a format and a list has many instants. There are few zones at once. */
function formatterOf(
  locale: string,
  timeZone: string,
  style: keyof typeof STYLES,
): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${style}`;
  const known = formatters.get(key);
  if (known !== undefined) {
    return known;
  }
  const made = new Intl.DateTimeFormat(locale, {
    ...STYLES[style],
    numberingSystem: NUMBERING_SYSTEM,
    timeZone,
  });
  formatters.set(key, made);
  return made;
}
