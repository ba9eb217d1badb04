import type { ReactNode } from "react";

type IsolatedProps = { readonly children: ReactNode };

/** Gives a text the direction of its content: `Phone (2)` would end in `(` in an Arabic table. Elements stay as they are. */
export function Isolated({ children }: IsolatedProps) {
  return typeof children === "string" ? <bdi>{children}</bdi> : children;
}
