"use client";

import { useState } from "react";
import type { KeyboardEvent, ReactNode } from "react";
import { NotLoaded } from "#components/ui/load-later";
import { TriggerSlot } from "#components/ui/trigger-slot";

export type OpenedBy = "pointer" | "keyboard";

const OPENING_KEYS: readonly string[] = ["Enter", " ", "ArrowDown"];

type LoadingTriggerProps<Part> = {
  /** Exactly one button. */
  readonly trigger: ReactNode;
  readonly popup: "menu" | "dialog";
  readonly load: () => Promise<Part>;
  /** Shows the part in place of this trigger, already open. */
  readonly onLoad: (part: Part, by: OpenedBy) => void;
};

/**
 * The button that opens something large, which is loaded when the pointer or the focus reaches the button. Until it is opened,
 * only the button exists. If it cannot be loaded, a message with a button to try again is shown.
 */
export function LoadingTrigger<Part>({ trigger, popup, load, onLoad }: LoadingTriggerProps<Part>) {
  const [failed, setFailed] = useState<OpenedBy | null>(null);
  // Without a message: the button tells when it is pressed.
  const prepare = () => void load().catch(() => undefined);
  const open = (by: OpenedBy) =>
    void load().then(
      (part) => onLoad(part, by),
      () => setFailed(by),
    );
  return (
    <>
      <TriggerSlot
        trigger={trigger}
        aria-haspopup={popup}
        aria-expanded={false}
        data-state="closed"
        onPointerEnter={prepare}
        onFocus={prepare}
        // Not when the pointer goes down: what the browser does after that, such as moving the focus, would close a menu.
        onClick={() => open("pointer")}
        onKeyDown={(event: KeyboardEvent) => {
          if (popup === "menu" && OPENING_KEYS.includes(event.key)) {
            event.preventDefault();
            open("keyboard");
          }
        }}
      />
      {failed !== null && <NotLoaded isInPlace={false} onRetry={() => open(failed)} />}
    </>
  );
}
