"use client";

import { useLayoutEffect } from "react";

/** The name of the global that the script and the component share. */
const GLOBAL = "earlyPress";

type EarlyPress = { readonly stop: () => HTMLButtonElement | null };

/**
 * Runs while the HTML arrives. Its listener is the last of a click: if React could answer the click, it has taken the
 * listener away before.
 */
const SCRIPT = `(() => {
  let button = null;
  const keep = ({ target }) => { button = target.closest("button[type=button]"); };
  addEventListener("click", keep);
  window.${GLOBAL} = { stop() { removeEventListener("click", keep); return button; } };
})()`;

type EarlyPressScriptProps = { readonly nonce: string };

/** Keeps the last button that is pressed before the page reacts, which React would ignore. Must come before all buttons. */
export function EarlyPressScript({ nonce }: EarlyPressScriptProps) {
  return (
    <script nonce={nonce} dangerouslySetInnerHTML={{ __html: SCRIPT }} suppressHydrationWarning />
  );
}

/** Presses the button that was kept, once the page reacts. */
export function useEarlyPress(): void {
  // Synchronises with the listener of the script. A layout effect, because no click comes between it and the hydration.
  useLayoutEffect(() => {
    const kept = Reflect.get(globalThis, GLOBAL) as EarlyPress | undefined;
    const button = kept?.stop();
    // Tests wait for this: the page takes keys and clicks.
    Reflect.deleteProperty(globalThis, GLOBAL);
    if (button) setTimeout(() => press(button), 0);
  }, []);
}

/** Menus open with the first of the three events, tabs with the second, all others with the click. */
function press(button: HTMLButtonElement): void {
  const init = { bubbles: true, cancelable: true, button: 0 };
  button.dispatchEvent(new PointerEvent("pointerdown", { ...init, pointerType: "mouse" }));
  button.dispatchEvent(new MouseEvent("mousedown", init));
  button.click();
}
