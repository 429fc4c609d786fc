import { findNhsNumber } from './nhs-number.js';
import type { Fault } from './problems.js';

/** Deepest nesting of a JSON body. */
export const MAX_DEPTH = 32;

/** Whether JSON text nests deeper than `MAX_DEPTH`, found without parsing it. */
export function nestsTooDeep(json: string): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < json.length; i += 1) {
    const char = json.charCodeAt(i);
    if (inString) {
      if (char === 0x5c) i += 1;
      else if (char === 0x22) inString = false;
    } else if (char === 0x22) inString = true;
    else if (char === 0x7b || char === 0x5b) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (char === 0x7d || char === 0x5d) depth -= 1;
  }
  return false;
}

/**
 * The place of the first name that stands twice in one object of a JSON text, as a JSON Pointer. Readers differ in
 * which of the two they take, so neither is taken.
 * @param json valid JSON
 */
export function nameTwice(json: string): string | undefined {
  const open: Array<{ pointer: string; names: Set<string>; at: string | number }> = [];
  for (const [token] of json.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"(?:\s*:)?|[{}[\],]/g)) {
    const around = open.at(-1);
    if (token === '{' || token === '[') {
      const pointer = around ? `${around.pointer}/${escaped(String(around.at))}` : '';
      open.push({ pointer, names: new Set(), at: token === '[' ? 0 : '' });
    } else if (token === '}' || token === ']') open.pop();
    else if (!around) continue;
    else if (token === ',') around.at = typeof around.at === 'number' ? around.at + 1 : '';
    else if (token.endsWith(':')) {
      around.at = JSON.parse(token.slice(0, token.lastIndexOf('"') + 1)) as string;
      if (around.names.has(around.at)) return `${around.pointer}/${escaped(around.at)}`;
      around.names.add(around.at);
    }
  }
  return undefined;
}

/** A name as one step of a JSON Pointer. */
const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** What is wrong with one text: a character that cannot be kept, or a patient's number (domain.md section 9, rule 16). */
export function textFault(text: string, pointer: string): Fault | undefined {
  if (text.includes('\u0000'))
    return { code: 'nul-character', message: 'This text holds a NUL character. Remove it.', pointer };
  if (!text.isWellFormed())
    return {
      code: 'lone-surrogate',
      message: 'This text holds half a character (a lone surrogate). Remove it.',
      pointer,
    };
  if (findNhsNumber(text) !== null)
    return {
      code: 'nhs-number',
      message: 'This text holds what reads as an NHS number. Exemplar keeps no patient data: remove it.',
      pointer,
    };
  return undefined;
}

/** The faults of every text in a parsed JSON value, keys included; at most 20. */
export function textFaults(value: unknown): Fault[] {
  const faults: Fault[] = [];
  const visit = (node: unknown, pointer: string): void => {
    if (faults.length >= 20) return;
    if (typeof node === 'string') {
      const fault = textFault(node, pointer);
      if (fault) faults.push(fault);
    } else if (Array.isArray(node))
      for (const [index, each] of node.entries()) visit(each, `${pointer}/${index}`);
    else if (typeof node === 'object' && node !== null)
      for (const [key, each] of Object.entries(node)) {
        visit(key, pointer);
        visit(each, `${pointer}/${escaped(key)}`);
      }
  };
  visit(value, '');
  return faults;
}
