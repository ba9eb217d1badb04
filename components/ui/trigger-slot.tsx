import { cloneElement, isValidElement } from "react";
import type { ComponentProps, ReactNode } from "react";

type TriggerSlotProps = Omit<ComponentProps<"button">, "children" | "ref"> & {
  /** Exactly one button, without any of these properties. */
  readonly trigger: ReactNode;
};

/** Gives properties to a button, as the slot of Radix does, which is larger because it merges them. */
export function TriggerSlot({ trigger, ...props }: TriggerSlotProps): ReactNode {
  return isValidElement(trigger) ? cloneElement(trigger, props) : trigger;
}
