import { expect, test } from "vitest";
import { onlyFile, refuseStrayFiles } from "#components/ui/dropped-files";

/** A drag event as far as it is read; Node.js has none. */
class Drag extends Event {
  readonly dataTransfer: { readonly types: readonly string[]; dropEffect: string };

  constructor(type: string, ...types: readonly string[]) {
    super(type, { cancelable: true });
    this.dataTransfer = { types, dropEffect: "copy" };
  }
}

test("one file is taken, and of several none", () => {
  expect(onlyFile(["a.cab"])).toBe("a.cab");
  expect(onlyFile(["a.cab", "b.cab"])).toBeNull();
  expect(onlyFile([])).toBeNull();
  expect(onlyFile(null)).toBeNull();
});

test("files that nothing takes are not opened by the browser", () => {
  const page = new EventTarget();
  const end = refuseStrayFiles(page);
  for (const type of ["dragover", "drop"]) {
    const stray = new Drag(type, "Files");
    page.dispatchEvent(stray);
    expect(stray.defaultPrevented).toBe(true);
    expect(stray.dataTransfer.dropEffect).toBe("none");
  }

  end();
  const later = new Drag("drop", "Files");
  page.dispatchEvent(later);
  expect(later.defaultPrevented).toBe(false);
});

test("a dragged text, and a file that something takes, are left alone", () => {
  const page = new EventTarget();
  const taken = new Drag("dragover", "Files");
  taken.preventDefault();
  const text = new Drag("drop", "text/plain");
  refuseStrayFiles(page);
  page.dispatchEvent(taken);
  page.dispatchEvent(text);
  expect(taken.dataTransfer.dropEffect).toBe("copy");
  expect(text.defaultPrevented).toBe(false);
});
