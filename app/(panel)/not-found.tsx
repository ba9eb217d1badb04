import { NotFoundView } from "#components/shell/not-found-view";

/** Rendered inside the panel, so that the navigation stays and the page has one main landmark. */
export default function NotFound() {
  return <NotFoundView />;
}
