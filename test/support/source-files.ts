import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What one file of `src/` imports. */
export interface Import {
  /** As it is written. */
  specifier: string;
  /** The imported file from the project's root, for a file of the project: `src/core/money.ts`. */
  file: string | null;
  /** Whether nothing of it is left when the program runs. */
  typeOnly: boolean;
}

/** One file of `src/`, read. */
export interface SourceFile {
  /** From the project's root: `src/core/money.ts`. */
  path: string;
  /** The room that it is in; null for a file at the root of `src/`. */
  room: string | null;
  text: string;
  tree: ts.SourceFile;
  imports: Import[];
}

/** Every TypeScript file of `src/`. */
export function sourceFiles(): SourceFile[] {
  return readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => sourceFile(`src/${name}`, readFileSync(join(ROOT, 'src', name), 'utf8')));
}

/** A file as its text would be read. */
export function sourceFile(path: string, text: string): SourceFile {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const [, room, ...rest] = path.split('/');
  return {
    path,
    room: rest.length > 0 ? (room as string) : null,
    text,
    tree,
    imports: importsOf(path, tree),
  };
}

/** All nodes of a tree of one kind. */
export function nodesOf<N extends ts.Node>(tree: ts.Node, is: (node: ts.Node) => node is N): N[] {
  const found: N[] = [];
  const visit = (node: ts.Node): void => {
    if (is(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** The line that a node begins on, from 1. */
export function lineOf(file: SourceFile, node: ts.Node): number {
  return file.tree.getLineAndCharacterOfPosition(node.getStart(file.tree)).line + 1;
}

/** How many lines a node takes. */
export function linesOf(file: SourceFile, node: ts.Node): number {
  return file.tree.getLineAndCharacterOfPosition(node.end).line + 2 - lineOf(file, node);
}

function importsOf(path: string, tree: ts.SourceFile): Import[] {
  const made = (specifier: ts.Expression | undefined, typeOnly: boolean): Import[] =>
    specifier && ts.isStringLiteralLike(specifier)
      ? [{ specifier: specifier.text, file: resolved(path, specifier.text), typeOnly }]
      : [];
  return [
    ...nodesOf(tree, ts.isImportDeclaration).flatMap((node) =>
      made(node.moduleSpecifier, isTypeOnly(node.importClause)),
    ),
    ...nodesOf(tree, ts.isExportDeclaration).flatMap((node) => made(node.moduleSpecifier, node.isTypeOnly)),
    ...nodesOf(tree, ts.isCallExpression)
      .filter((node) => node.expression.kind === ts.SyntaxKind.ImportKeyword)
      .flatMap((node) => made(node.arguments[0], false)),
  ];
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const named = clause.namedBindings;
  return (
    clause.name === undefined &&
    named !== undefined &&
    ts.isNamedImports(named) &&
    named.elements.length > 0 &&
    named.elements.every((element) => element.isTypeOnly)
  );
}

function resolved(from: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  return normalize(join(dirname(from), specifier)).replace(/\.js$/, '.ts');
}
