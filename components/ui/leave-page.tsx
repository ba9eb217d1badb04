"use client";

type Ask = (leave: () => void) => void;

/** Those that ask before the page is left; the last one, such as a dialog over a form, is asked. */
let asking: readonly Ask[] = [];

/** Runs `leave`, which opens another page without a link, and asks first if input would be lost. */
export function leavePage(path: string, leave: () => void): void {
  const isOtherPage = new URL(path, location.href).pathname !== location.pathname;
  const ask = asking.at(-1);
  if (ask !== undefined && isOtherPage) {
    ask(leave);
  } else {
    leave();
  }
}

/** Returns how to end it. */
export function askBeforeLeaving(ask: Ask): () => void {
  asking = [...asking, ask];
  return () => {
    asking = asking.filter((other) => other !== ask);
  };
}
