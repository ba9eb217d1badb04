import { redirect } from "next/navigation";

export default function UpdatesPage(): never {
  redirect("/updates/pending");
}
