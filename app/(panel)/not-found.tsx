import { NotFoundView } from "#components/shell/not-found-view";

/** Inside the panel, so that the navigation stays and there is one main landmark. */
export default function NotFound() {
  return <NotFoundView />;
}
