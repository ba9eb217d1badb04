"use client";

import Form from "next/form";
import type { ComponentProps } from "react";
import { useStartNavigation } from "#components/ui/navigation-progress";

/** A form whose fields become the query of a page. */
export function QueryForm(props: Omit<ComponentProps<typeof Form>, "onSubmit">) {
  const startNavigation = useStartNavigation();
  return <Form {...props} onSubmit={() => startNavigation(() => undefined)} />;
}
