import { escapeXml } from "#formats/xml/escape-xml";
import type { LyncDialect } from "#phones/dialect/dialect";
import type { TemplateElement, TemplateKind, TemplateText } from "#phones/dialect/dialect-template";
import type { ModulePlaceholder, Placeholder } from "#phones/dialect/placeholders";
import { isTemplateElement, readTemplate } from "#phones/dialect/dialect-template";
import type { LyncImage, LyncModule } from "#formats/protocol/lync-module";
import type { LyncFilesFamily } from "#formats/protocol/lync-files";
import { LYNC_FILES_ROOTS } from "#formats/protocol/lync-files";
import { formatTimestamp } from "#phones/dialect/timestamp-formats";

/** A rendered answer. */
export type RenderedAnswer = {
  readonly status: number;
  readonly contentType: string;
  /** Null if the status does not allow a body. */
  readonly body: string | null;
};

export type DialectRenderer = (modules: readonly LyncModule[]) => RenderedAnswer;

type Values = {
  readonly modules: readonly LyncModule[];
  /** The module whose values are inserted; outside the repeated element, the first module. */
  readonly module: LyncModule | undefined;
};
/** Escaped text, a placeholder for a value, or pieces that are written once per module. */
type Piece = string | { readonly placeholder: Placeholder } | { readonly each: readonly Piece[] };

const DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n';
/** Statuses whose answers have no body (RFC 9110). */
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * Compiles a dialect once, so that an answer is a concatenation of a few strings. All values are escaped, and a dialect
 * contains no code.
 */
export function compileDialect(dialect: LyncDialect): DialectRenderer {
  const update = compileTemplate(dialect, "update");
  const noUpdate = toAnswer(
    dialect.noUpdateStatus,
    dialect.contentType,
    render(compileTemplate(dialect, "no_update"), { modules: [], module: undefined }, dialect),
  );
  return (modules) => {
    const [module] = modules;
    return module === undefined
      ? noUpdate
      : toAnswer(
          dialect.updateStatus,
          dialect.contentType,
          render(update, { modules, module }, dialect),
        );
  };
}

function toAnswer(status: number, contentType: string, body: string): RenderedAnswer {
  return { status, contentType, body: WITHOUT_BODY.has(status) ? null : body };
}

function render(pieces: readonly Piece[], values: Values, spelling: Spelling): string {
  let text = "";
  for (const piece of pieces) {
    if (typeof piece === "string") {
      text += piece;
    } else if ("placeholder" in piece) {
      text += escapeXml(valueOf(values, piece.placeholder, spelling));
    } else {
      for (const module of values.modules) {
        text += render(piece.each, { ...values, module }, spelling);
      }
    }
  }
  return text;
}

type Spelling = Pick<LyncDialect, "filesFamily" | "timestampFormat">;

function valueOf(
  { modules, module }: Values,
  placeholder: Placeholder,
  spelling: Spelling,
): string {
  if (placeholder === "downloads") {
    return String(modules.length);
  }
  return module === undefined ? "" : MODULE_VALUES[placeholder](module, spelling);
}

const MODULE_VALUES = {
  updateType: ({ image }) => image.updateType,
  fileName: ({ image }) => image.fileName,
  signatureFileName: ({ image }) => image.signatureFileName ?? "",
  version: ({ image }) => image.version,
  fromVersion: ({ fromVersion }) => fromVersion ?? "",
  timestamp: ({ image }, { timestampFormat }) => formatTimestamp(image.releasedAt, timestampFormat),
  internalBaseUrl: ({ image }, { filesFamily }) => baseUrls(image, filesFamily).internal,
  externalBaseUrl: ({ image }, { filesFamily }) => baseUrls(image, filesFamily).external,
  internalUrl: ({ image }, { filesFamily }) =>
    fileUrl(image, baseUrls(image, filesFamily).internal),
  externalUrl: ({ image }, { filesFamily }) =>
    fileUrl(image, baseUrls(image, filesFamily).external),
  size: ({ image }) => String(image.sizeBytes),
  sha256: ({ image }) => image.sha256,
  deviceType: ({ image }) => image.hardware.deviceType,
  vendor: ({ image }) => image.hardware.brand,
  model: ({ image }) => image.hardware.model,
  revision: ({ image }) => image.hardware.revision,
  locale: ({ image }) => image.hardware.locale,
} as const satisfies Record<ModulePlaceholder, (module: LyncModule, spelling: Spelling) => string>;

/** Without a trailing slash, as in the original (device-protocol.md, 2.2): phones append `/` and the file name. */
function baseUrls(
  { internalPoolUrl, externalPoolUrl, path }: LyncImage,
  family: LyncFilesFamily,
): { readonly internal: string; readonly external: string } {
  const roots = LYNC_FILES_ROOTS[family];
  return {
    internal: `${internalPoolUrl}${roots.internal}/${path}`,
    external: `${externalPoolUrl}${roots.external}/${path}`,
  };
}

function fileUrl({ fileName }: LyncImage, base: string): string {
  return `${base}/${encodeURIComponent(fileName)}`;
}

function compileTemplate(dialect: LyncDialect, kind: TemplateKind): readonly Piece[] {
  const text = kind === "update" ? dialect.updateTemplate : dialect.noUpdateTemplate;
  const reading = readTemplate(text, kind);
  if (reading.kind === "refused") {
    // The schema has already parsed the dialect, and it reads the same template.
    throw new Error(`A dialect with a broken template was compiled: ${reading.problem}`);
  }
  const declaration = dialect.hasDeclaration ? [DECLARATION] : [];
  return joinStrings([...declaration, ...elementPieces(reading.root, "")]);
}

/** One element per line, indented, so that a captured answer is readable. */
function elementPieces(element: TemplateElement, indent: string): readonly Piece[] {
  const { name, attributes, content, isRepeated } = element;
  const head: Piece[] = [
    `${indent}<${name}`,
    ...attributes.flatMap((attribute): Piece[] => [
      ` ${attribute.name}="`,
      ...textPieces(attribute.value),
      '"',
    ]),
  ];
  const pieces: Piece[] =
    content.length === 0
      ? [...head, "/>\n"]
      : content.some(isTemplateElement)
        ? [...head, ">\n", ...childPieces(content, `${indent}  `), `${indent}</${name}>\n`]
        : [...head, ">", ...content.flatMap(inlinePieces), `</${name}>\n`];
  return isRepeated ? [{ each: joinStrings(pieces) }] : pieces;
}

function childPieces(content: TemplateElement["content"], indent: string): readonly Piece[] {
  return content.flatMap((part) =>
    isTemplateElement(part) ? elementPieces(part, indent) : [indent, ...textPieces(part), "\n"],
  );
}

function inlinePieces(part: TemplateElement | TemplateText): readonly Piece[] {
  return isTemplateElement(part) ? elementPieces(part, "") : textPieces(part);
}

function textPieces(text: TemplateText): readonly Piece[] {
  return text.map((part) => (typeof part === "string" ? escapeXml(part) : part));
}

function joinStrings(pieces: readonly Piece[]): readonly Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (typeof piece === "string" && typeof last === "string") {
      joined[joined.length - 1] = last + piece;
    } else {
      joined.push(piece);
    }
  }
  return joined;
}
