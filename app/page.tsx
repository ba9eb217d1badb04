import { redirect } from "next/navigation";
import { HOME_PATH } from "#foundation/core/callback-path";

export default function StartPage(): never {
  redirect(HOME_PATH);
}
