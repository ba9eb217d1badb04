"use client";

import type { ComponentProps, ReactNode } from "react";
import { Button } from "#components/ui/button";

type ToolbarButtonProps = ComponentProps<typeof Button> & {
  readonly icon: ReactNode;
  readonly label: string;
};

/** The button of a menu of the toolbar. On a narrow screen, only its icon is visible. */
export function ToolbarButton({ icon, label, ...props }: ToolbarButtonProps) {
  return (
    <Button className="max-md:w-9 max-md:px-0" {...props}>
      {icon}
      <span className="max-md:sr-only">{label}</span>
    </Button>
  );
}
