import { redirect } from "next/navigation";
import { HOME_PATH } from "#foundation/platform/http/callback-path";

export default function StartPage(): never {
  redirect(HOME_PATH);
}
