/** The file of a drop or a choice: null if there is none, or if there are several, of which none is meant more. */
export function onlyFile<File>(files: ArrayLike<File> | null): File | null {
  return files?.length === 1 ? (files[0] ?? null) : null;
}

/**
 * Keeps the browser from opening files that are dropped where nothing takes them, which would close the page. Returns a
 * function that ends this.
 */
export function refuseStrayFiles(page: EventTarget): () => void {
  page.addEventListener("dragover", refuse);
  page.addEventListener("drop", refuse);
  return () => {
    page.removeEventListener("dragover", refuse);
    page.removeEventListener("drop", refuse);
  };
}

function refuse(event: Event & { readonly dataTransfer?: DataTransfer | null }) {
  const transfer = event.dataTransfer;
  // A text can still be dragged into a field, and what takes files has already said so.
  if (!transfer?.types.includes("Files") || event.defaultPrevented) {
    return;
  }
  event.preventDefault();
  transfer.dropEffect = "none";
}
