"use client";

import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { useState } from "react";
import { IconButton } from "#components/ui/button";
import { cn } from "#components/ui/cn";
import { Icon } from "#components/ui/icon";
import { Input } from "#components/ui/input";

/** A password with a button that shows it, because a typing error in it locks the person out. */
export function PasswordInput({ className, ...props }: Omit<ComponentProps<typeof Input>, "type">) {
  const t = useTranslations("common");
  const [isShown, setIsShown] = useState(false);
  return (
    <div className="relative">
      <Input {...props} type={isShown ? "text" : "password"} className={cn("pe-10", className)} />
      <IconButton
        size="sm"
        label={isShown ? t("hidePassword") : t("showPassword")}
        aria-pressed={isShown}
        onClick={() => setIsShown(!isShown)}
        className="absolute inset-y-0 end-1 my-auto"
      >
        <Icon name={isShown ? "eye-off" : "eye"} />
      </IconButton>
    </div>
  );
}
