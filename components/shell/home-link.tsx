import { useTranslations } from "next-intl";
import { buttonStyle } from "#components/ui/button";
import type { ButtonStyle } from "#components/ui/button";

/**
 * The way from an error to the first page. Not a Next.js link: a full load also leaves behind what failed, and the views of
 * errors, which every page loads, would bring the code of links a second time.
 */
export function HomeLink({ variant }: Pick<ButtonStyle, "variant">) {
  const t = useTranslations("errors");
  return (
    <a href="/" className={buttonStyle({ variant })}>
      {t("backToHome")}
    </a>
  );
}
