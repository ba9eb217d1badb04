"use client";

import { ErrorView } from "#components/shell/error-view";

type PanelErrorProps = { readonly error: unknown; readonly retry: () => void };

/** Inside the shell, so that the rest of the panel stays within reach. */
export default function PanelError({ error, retry }: PanelErrorProps) {
  return <ErrorView error={error} retry={retry} />;
}
