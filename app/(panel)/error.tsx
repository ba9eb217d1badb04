"use client";

import { ErrorView } from "#components/shell/error-view";

type PanelErrorProps = { readonly error: unknown; readonly retry: () => void };

/** Rendered inside the shell, so that the navigation stays usable. */
export default function PanelError({ error, retry }: PanelErrorProps) {
  return <ErrorView error={error} retry={retry} />;
}
