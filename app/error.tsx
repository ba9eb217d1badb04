"use client";

import { ErrorView } from "#components/shell/error-view";

type ErrorPageProps = { readonly error: unknown; readonly retry: () => void };

export default function ErrorPage({ error, retry }: ErrorPageProps) {
  return (
    <main className="grid min-h-dvh place-items-center">
      <ErrorView error={error} retry={retry} />
    </main>
  );
}
