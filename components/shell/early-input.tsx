"use client";

import { useLayoutEffect } from "react";

/** The name of the global that the script and the component share. */
const GLOBAL = "earlyInput";

type Press =
  | { readonly button: HTMLElement }
  | { readonly form: HTMLFormElement; readonly submitter: HTMLElement | null };

type EarlyInput = {
  /** Fields in which something was entered. */
  readonly fields: Iterable<Element>;
  /** The last button that was pressed, or the form that was sent. */
  readonly press: Press | null;
};

/**
 * Runs while the HTML arrives. Its listeners are the last of an event: if React could answer the event, it has taken them
 * away before. A form with an address needs no script.
 */
const SCRIPT = `(() => {
  const fields = new Set();
  let press = null;
  const listeners = {
    input: ({ target }) => fields.add(target),
    click: ({ target }) => {
      const button = target.closest("button[type=button]");
      press = button && { button };
    },
    submit: (event) => {
      if (event.target.hasAttribute("action")) return;
      event.preventDefault();
      press = { form: event.target, submitter: event.submitter };
    },
  };
  for (const name in listeners) addEventListener(name, listeners[name]);
  window.${GLOBAL} = () => {
    for (const name in listeners) removeEventListener(name, listeners[name]);
    return { fields, press };
  };
})()`;

type EarlyInputScriptProps = { readonly nonce: string };

/**
 * Keeps what is entered, pressed and sent before the page reacts, which React would ignore or undo. Must come before all
 * fields and buttons.
 */
export function EarlyInputScript({ nonce }: EarlyInputScriptProps) {
  return (
    <script nonce={nonce} dangerouslySetInnerHTML={{ __html: SCRIPT }} suppressHydrationWarning />
  );
}

/** Enters, presses and sends what was kept, once the page reacts. */
export function useEarlyInput(): void {
  // Synchronises with the listeners of the script. A layout effect, because no event comes between it and the hydration.
  useLayoutEffect(() => {
    const stop = Reflect.get(globalThis, GLOBAL) as (() => EarlyInput) | undefined;
    // Tests wait for this: the page takes keys and clicks.
    Reflect.deleteProperty(globalThis, GLOBAL);
    if (stop === undefined) {
      return;
    }
    const { fields, press } = stop();
    // Now, because the next rendering gives controlled fields the values of their state.
    const entries = [...fields].map(toEntry);
    setTimeout(() => {
      for (const enter of entries) {
        enter();
      }
      if (press !== null) {
        repeat(press);
      }
    }, 0);
  }, []);
}

/** Returns what enters the field's present value again, in a way that React notices. */
function toEntry(field: Element): () => void {
  const change = () => field.dispatchEvent(new Event("change", { bubbles: true }));
  if (field instanceof HTMLSelectElement) {
    const { value } = field;
    return () => {
      field.value = value;
      change();
    };
  }
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) {
    return change;
  }
  // React ignores an event whose value is the one that it has seen or set last. So that one becomes another.
  switch (field.type) {
    case "file":
      return change;
    case "checkbox":
    case "radio": {
      const { checked } = field as HTMLInputElement;
      return () => {
        // Makes the part of the page around the field react.
        change();
        (field as HTMLInputElement).checked = !checked;
        field.click();
      };
    }
    default: {
      const { value } = field;
      return () => {
        change();
        field.value = "";
        // The browser's own function, which React does not see.
        Reflect.set(Object.getPrototypeOf(field) as object, "value", value, field);
        field.dispatchEvent(new Event("input", { bubbles: true }));
      };
    }
  }
}

function repeat(press: Press): void {
  if ("form" in press) {
    press.form.requestSubmit(press.submitter);
    return;
  }
  // Menus open with the first of the three events, tabs with the second, all others with the click.
  const init = { bubbles: true, cancelable: true, button: 0 };
  press.button.dispatchEvent(new PointerEvent("pointerdown", { ...init, pointerType: "mouse" }));
  press.button.dispatchEvent(new MouseEvent("mousedown", init));
  press.button.click();
}
