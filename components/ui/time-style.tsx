"use client";

import { storedChoice } from "#components/ui/stored-choice";

/**
 * How times are shown: recent ones beside now ("5 minutes ago"), or all with date and time. A pointer shows the exact time
 * of each, but a keyboard and a finger do not.
 */
export const TIME_STYLES = ["relative", "exact"] as const;
export type TimeStyle = (typeof TIME_STYLES)[number];

export const timeStyle = storedChoice("ucupdates.times", TIME_STYLES);
