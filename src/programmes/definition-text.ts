import { CST, isMap, isScalar, isSeq, Lexer, LineCounter, Parser, parseDocument } from 'yaml';
import { type Fault, unprocessable } from '../core/problems.js';
import { type DefinitionFault, escapeToken, quoted } from './definition-fault.js';

/** Largest file that is read, in bytes of UTF-8. */
export const MAX_DEFINITION_BYTES = 1_000_000;

const MAX_FAULTS = 100;
const MAX_DEPTH = 64;

/** Characters that YAML does not allow, and that its lexer uses as marks. */
const CONTROL = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** What YAML offers and a definition has no use for, by the type of its token. */
const UNUSED: Partial<Record<string, string>> = {
  anchor: 'Anchors and aliases are not read. Write the value out.',
  alias: 'Anchors and aliases are not read. Write the value out.',
  tag: 'Tags are not read. Take it out, or put the text in quotes if it begins with an exclamation mark.',
  directive: 'Directives are not read. Take the line out.',
};

/** The text of one definition: the value it writes down, and where in the text each place of that value is. */
export class DefinitionText {
  private readonly lines = new LineCounter();
  private readonly syntax: Fault[] = [];
  private readonly fields = new Map<string, number>();
  private readonly values = new Map<string, number>();

  constructor(
    private readonly text: string,
    private readonly fileName: string,
  ) {}

  /** The value that the text writes down. @throws Problem 422 `definition-syntax` */
  read(): unknown {
    this.checkCharacters();
    this.checkTokens();
    const document = parseDocument(this.text, {
      version: '1.2',
      schema: 'core',
      merge: false,
      prettyErrors: false,
      // Its own check compares every key with every other; `index` below does not.
      uniqueKeys: false,
    });
    for (const { message, pos } of [...document.errors, ...document.warnings])
      this.fault(`This is not YAML: ${message}.`, pos[0]);
    this.refuseIfFaulty('definition-syntax', this.syntax);
    this.index(document.contents, '');
    this.refuseIfFaulty('definition-syntax', this.syntax);
    return document.toJS();
  }

  /** 422 with the faults in the order of the file, where there is any; nothing where there is none. */
  refuseIfFaulty(code: string, faults: readonly Fault[]): void {
    if (faults.length === 0) return;
    const ordered = [...faults].sort(
      (a, b) => (a.line as number) - (b.line as number) || (a.column as number) - (b.column as number),
    );
    const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
    const listed = faults.length > MAX_FAULTS ? `; the first ${MAX_FAULTS} are listed` : '';
    const verb = code === 'definition-syntax' ? 'cannot be read' : 'cannot be applied';
    throw unprocessable(
      code,
      `${this.fileName} ${verb}: it has ${count}${listed}. Correct each, and send it again.`,
      ordered.slice(0, MAX_FAULTS),
    );
  }

  /** A fault with its place in the text: the field for one that should not be there or that holds more. */
  place(fault: DefinitionFault): Fault {
    const places = fault.code === 'unknown-field' ? this.fields : this.values;
    return { ...fault, ...this.at(places.get(fault.pointer) ?? 0) };
  }

  private at(offset: number): { file: string; line: number; column: number } {
    const { line, col } = this.lines.linePos(offset);
    return { file: this.fileName, line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  private fault(message: string, offset: number, pointer = ''): void {
    this.syntax.push({ code: 'definition-syntax', message, pointer, ...this.at(offset) });
  }

  private checkCharacters(): void {
    this.lines.addNewLine(0);
    const size = Buffer.byteLength(this.text);
    if (size > MAX_DEFINITION_BYTES) {
      this.fault(
        `The file has ${size} bytes, and at most ${MAX_DEFINITION_BYTES} are read. Make it smaller.`,
        0,
      );
      this.refuseIfFaulty('definition-syntax', this.syntax);
    }
    for (let end = this.text.indexOf('\n'); end >= 0; end = this.text.indexOf('\n', end + 1))
      this.lines.addNewLine(end + 1);
    const character = CONTROL.exec(this.text.replace(/^\ufeff/, ' '));
    if (!character) return;
    this.fault(
      'There is a character here that text may not hold, such as NUL. Type it anew.',
      character.index,
    );
    this.refuseIfFaulty('definition-syntax', this.syntax);
  }

  /**
   * A first pass over the tokens, without building anything: nesting that would exhaust the stack when built, and
   * errors by the thousand, end here.
   */
  private checkTokens(): void {
    const parser = new Parser();
    let offset = 0;
    let scalarNext = false;
    for (const lexeme of new Lexer().lex(this.text)) {
      const type: string | null = scalarNext ? 'scalar' : CST.tokenType(lexeme);
      const unused = UNUSED[type === 'directive-line' ? 'directive' : (type ?? '')];
      if (unused) this.fault(unused, offset);
      for (const token of parser.next(lexeme))
        if (token.type === 'error') this.fault(`This is not YAML: ${token.message}.`, token.offset);
      if (parser.stack.length > MAX_DEPTH)
        this.fault(
          `This is nested more than ${MAX_DEPTH} deep. A definition needs only a few levels.`,
          offset,
        );
      if (parser.stack.length > MAX_DEPTH || this.syntax.length >= MAX_FAULTS) break;
      scalarNext = type === 'scalar' && lexeme === CST.SCALAR && !scalarNext;
      if (![CST.DOCUMENT, CST.FLOW_END, CST.SCALAR].includes(lexeme)) offset += lexeme.length;
    }
    this.refuseIfFaulty('definition-syntax', this.syntax);
  }

  /** Remembers where each field and value is, and finds fields that are there twice. */
  private index(node: unknown, pointer: string): void {
    const start = (node as { range?: [number, number, number] } | null)?.range?.[0];
    if (start !== undefined && !this.values.has(pointer)) this.values.set(pointer, start);
    if (isSeq(node)) node.items.forEach((item, index) => void this.index(item, `${pointer}/${index}`));
    if (!isMap(node)) return;
    const names = new Set<string>();
    for (const { key, value } of node.items) {
      const keyStart = (key as { range?: [number, number, number] } | null)?.range?.[0] ?? start ?? 0;
      if (!isScalar(key)) {
        this.fault('The name of a field must be plain text.', keyStart, pointer);
        continue;
      }
      const name = String(key.value ?? '');
      const place = `${pointer}/${escapeToken(name)}`;
      if (names.has(name))
        this.fault(`The field ${quoted(name)} is here twice. Take one out.`, keyStart, place);
      names.add(name);
      this.fields.set(place, keyStart);
      if (!isScalar(value) || value.value === null) this.values.set(place, keyStart);
      this.index(value, place);
    }
  }
}
