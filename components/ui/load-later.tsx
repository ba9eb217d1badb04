"use client";

import { useTranslations } from "next-intl";
import { Suspense, lazy, useState } from "react";
import type { ComponentType, LazyExoticComponent, ReactNode } from "react";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";

type LaterProps<Props> = {
  readonly given: Props;
  /** Loads the code again after it could not be loaded. */
  readonly onRetry: () => void;
};

/**
 * A component whose code is loaded when it is first rendered; until then its placeholder is shown. It waits in a boundary of
 * its own: otherwise the page around it would wait too, show its placeholder, and drop what is typed in the meantime.
 * If the code cannot be loaded, a message with a button to try again is shown: in place of the placeholder, or in the
 * corner of the page if there is none. The page around it stays.
 */
export function loadLater<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  placeholder: ReactNode = null,
): ComponentType<Props> {
  let last = loadOnce();

  function loadOnce(): LazyExoticComponent<ComponentType<LaterProps<Props>>> {
    return lazy(async () => {
      try {
        const Loaded = await load();
        return { default: ({ given }) => <Loaded {...given} /> };
      } catch {
        return {
          default: ({ onRetry }) => (
            <NotLoaded isInPlace={placeholder !== null} onRetry={onRetry} />
          ),
        };
      }
    });
  }

  return function LoadedLater(props: Props) {
    const [Later, setLater] = useState(() => last);
    const retry = () => {
      last = loadOnce();
      setLater(last);
    };
    return (
      <Suspense fallback={placeholder}>
        <Later given={props} onRetry={retry} />
      </Suspense>
    );
  };
}

type NotLoadedProps = { readonly isInPlace: boolean; readonly onRetry: () => void };

export function NotLoaded({ isInPlace, onRetry }: NotLoadedProps) {
  const t = useTranslations("common");
  return (
    <div className={isInPlace ? undefined : "fixed inset-x-4 bottom-4 z-50 mx-auto max-w-lg"}>
      <Callout
        tone="bad"
        role="alert"
        title={t("notLoaded.title")}
        actions={<Button onClick={onRetry}>{t("retry")}</Button>}
      >
        {t("notLoaded.description")}
      </Callout>
    </div>
  );
}
