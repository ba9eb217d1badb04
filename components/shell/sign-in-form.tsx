"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { sendCredentials } from "#components/shell/send-credentials";
import type { Credentials } from "#components/shell/send-credentials";
import { SignInNotice } from "#components/shell/sign-in-notice";
import { clearSignInNotice } from "#components/shell/stored-notice";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { PasswordInput } from "#components/ui/password-input";
import type { SignInFailure } from "#access/auth/sign-in-failure";

type SignInFormProps = {
  /** The path to open after signing in. The page has checked that it belongs to this service. */
  readonly callbackPath: string;
};

type Missing = { readonly name: boolean; readonly password: boolean };

/** Asks for name and password. A wrong password is cleared; after any other failure, both fields are kept. */
export function SignInForm({ callbackPath }: SignInFormProps) {
  const t = useTranslations("signIn");
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [missing, setMissing] = useState<Missing>({ name: false, password: false });
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<SignInFailure | null>(null);
  const secondsLeft = useCountdown(failure);

  async function submit({ name, password }: Credentials) {
    setName(name);
    const nextMissing = { name: name.trim() === "", password: password === "" };
    setMissing(nextMissing);
    if (nextMissing.name || nextMissing.password) {
      return;
    }
    setIsBusy(true);
    setFailure(null);
    const result = await sendCredentials({ name: name.trim(), password });
    if (result === null) {
      clearSignInNotice();
      // A full page load: nothing that was loaded before may be kept in the new session.
      window.location.assign(callbackPath);
      return;
    }
    setFailure(result);
    if (result.kind === "wrong_credentials") {
      setPassword("");
    }
    setIsBusy(false);
  }

  return (
    <form
      noValidate
      // A browser that sends the form itself, before the page reacts, must not put the password into the address.
      method="post"
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(readCredentials(event.currentTarget));
      }}
    >
      {failure === null ? (
        <SignInNotice />
      ) : (
        <SignInProblem failure={failure} secondsLeft={secondsLeft} />
      )}
      <Field label={t("name")} error={missing.name ? t("missingName") : undefined}>
        {(control) => (
          <Input
            {...control}
            name="name"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            maxLength={64}
            value={name}
            onChange={(event) => setName(event.target.value)}
            className="h-10"
          />
        )}
      </Field>
      <Field label={t("password")} error={missing.password ? t("missingPassword") : undefined}>
        {(control) => (
          <PasswordInput
            {...control}
            name="password"
            autoComplete="current-password"
            maxLength={256}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            className="h-10"
          />
        )}
      </Field>
      <Button
        type="submit"
        variant="primary"
        size="lg"
        isBusy={isBusy}
        disabled={secondsLeft > 0}
        className="w-full"
      >
        {t("submit")}
      </Button>
    </form>
  );
}

/** From the fields and not from the state, which a program that fills in passwords may not have told. */
function readCredentials(form: HTMLFormElement): Credentials {
  const fields = new FormData(form);
  const read = (field: string) => {
    const value = fields.get(field);
    return typeof value === "string" ? value : "";
  };
  return { name: read("name"), password: read("password") };
}

type SignInProblemProps = { readonly failure: SignInFailure; readonly secondsLeft: number };

function SignInProblem({ failure, secondsLeft }: SignInProblemProps) {
  const t = useTranslations("signIn");
  switch (failure.kind) {
    case "wrong_credentials":
      return <Callout tone="bad" role="alert" title={t("wrongCredentials")} />;
    case "throttled":
      return secondsLeft > 0 ? (
        <Callout tone="warn" role="alert" title={t("throttled", { seconds: secondsLeft })} />
      ) : null;
    case "unavailable":
      return <Callout tone="bad" role="alert" title={t("unavailable")} />;
    case "defect":
      return <Callout tone="bad" role="alert" title={t("failed")} />;
  }
}

/** The seconds until the next attempt is allowed. */
function useCountdown(failure: SignInFailure | null): number {
  const waitSeconds = failure?.kind === "throttled" ? failure.retryAfterSeconds : 0;
  const [passed, setPassed] = useState({ failure, seconds: 0 });
  const seconds = passed.failure === failure ? passed.seconds : 0;

  // Synchronises with the clock while the user has to wait.
  useEffect(() => {
    if (waitSeconds === 0) {
      return;
    }
    const startedAt = Date.now();
    const timer = setInterval(() => {
      setPassed({ failure, seconds: Math.floor((Date.now() - startedAt) / 1000) });
    }, 250);
    return () => clearInterval(timer);
  }, [failure, waitSeconds]);

  return Math.max(0, waitSeconds - seconds);
}
