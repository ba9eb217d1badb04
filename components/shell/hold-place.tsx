/** The start of what is read on a page: the rows of its list. */
const READ = "main table";

/**
 * Keeps the list of the page where it is while something appears above it: call the result when that has appeared. Browsers do
 * so themselves (scroll anchoring), but not on a page that is not scrolled.
 */
export function holdPlace(): () => void {
  const list = document.querySelector(READ);
  const before = topOf(list);
  return () => {
    const moved = list?.isConnected === true && window.scrollY === 0 ? topOf(list) - before : 0;
    if (moved > 0) {
      // A short page cannot be scrolled otherwise.
      document.body.style.minHeight = `${window.innerHeight + moved}px`;
      window.scrollBy({ top: moved, behavior: "instant" });
    }
  };
}

/** Another page has a height of its own. */
export function releasePlace(): void {
  document.body.style.minHeight = "";
}

/** The distance to the start of the document. */
function topOf(element: Element | null): number {
  return element === null ? 0 : element.getBoundingClientRect().top + window.scrollY;
}
