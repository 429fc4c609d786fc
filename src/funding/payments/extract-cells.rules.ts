import { type DateOn, formatDate, isDateOn } from '../../core/calendar.js';
import { MAX_PENCE, type Pence } from '../../core/money.js';
import type { Fault } from '../../core/problems.js';
import { textFault } from '../../core/text.js';
import type { ExtractLine } from './extract.rules.js';

/** What an extract says of each payment. */
export const EXTRACT_COLUMNS = ['date', 'reference', 'payee', 'amount'] as const;
export type ExtractColumn = (typeof EXTRACT_COLUMNS)[number];

/** Names that banks and ledgers give the columns, without case, spaces and signs; the first that is there is taken. */
const NAMES: Record<ExtractColumn, readonly string[]> = {
  date: [
    'date',
    'bookedon',
    'bookingdate',
    'paymentdate',
    'paidon',
    'transactiondate',
    'postingdate',
    'valuedate',
  ],
  reference: [
    'reference',
    'paymentreference',
    'ref',
    'transactionreference',
    'bankreference',
    'narrative',
    'details',
    'transactiondescription',
    'description',
  ],
  payee: ['payee', 'payeename', 'paidto', 'beneficiary', 'beneficiaryname', 'recipient', 'supplier', 'name'],
  amount: ['amount', 'amountgbp', 'paymentamount', 'paidout', 'debit', 'debitamount', 'value', 'valuegbp'],
};

/** Longest cell that is kept, in characters. */
export const MAX_CELL = 500;

const nameOf = (cell: string): string => cell.toLowerCase().replaceAll(/[^a-z]+/g, '');

/** Where each column stands, from 0. */
export type ExtractHeader = Record<ExtractColumn, number>;

/** Finds the columns in the first row, whatever their order and whatever else stands beside them. */
export function readHeader(cells: readonly string[]): { header: ExtractHeader } | { faults: Fault[] } {
  const names = cells.map(nameOf);
  const found = EXTRACT_COLUMNS.map((column) => {
    const name = NAMES[column].find((each) => names.includes(each));
    return { column, name, at: name === undefined ? -1 : names.indexOf(name) };
  });
  const faults = found.flatMap(({ column, name, at }): Fault[] => {
    if (name === undefined)
      return [
        at1(1, {
          code: 'column-missing',
          message: `The first row names no column for the ${column}. Name one of them "${column}".`,
        }),
      ];
    const again = names.indexOf(name, at + 1);
    if (again === -1) return [];
    return [
      at1(again + 1, {
        code: 'column-twice',
        message: `Two columns are named "${cells[again]?.trim()}". Leave one of them out.`,
      }),
    ];
  });
  if (faults.length > 0) return { faults };
  return { header: Object.fromEntries(found.map(({ column, at }) => [column, at])) as ExtractHeader };
}

const at1 = (column: number, fault: { code: string; message: string }): Fault => ({
  ...fault,
  pointer: '/file',
  line: 1,
  column,
});

const DAY_FIRST = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;

/** A day as DD/MM/YYYY or YYYY-MM-DD; undefined where it is neither, or no day that exists. */
export function readDay(cell: string): DateOn | undefined {
  const [, day, month, year] = DAY_FIRST.exec(cell.trim()) ?? [];
  const on = year ? `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}` : cell.trim();
  return isDateOn(on) ? on : undefined;
}

const POUNDS = /^£? ?(\d{1,3}(?:,\d{3})+|\d{1,12})\.(\d{2})$/;

/** Pounds with two decimals, with or without £ and thousands separators, as pence; undefined for anything else. */
export function readPounds(cell: string): Pence | undefined {
  const [, pounds, pennies] = POUNDS.exec(cell.trim().replaceAll('\u00a0', ' ')) ?? [];
  if (pounds === undefined || pennies === undefined) return undefined;
  const amount = Number(pounds.replaceAll(',', '')) * 100 + Number(pennies);
  return amount <= MAX_PENCE ? amount : undefined;
}

/** The days that an extract's lines may be of. */
export interface ExtractDays {
  programmeStartsOn: DateOn;
  today: DateOn;
}

/**
 * Reads one row below the header.
 * @param line of the file, from 1, on which the row begins
 * @returns the line, or every fault in it with the number of its column, from 1
 */
export function readRow(
  cells: readonly string[],
  line: number,
  header: ExtractHeader,
  days: ExtractDays,
): { row: ExtractLine } | { faults: Fault[] } {
  const cellOf = (column: ExtractColumn): string => (cells[header[column]] ?? '').trim();
  const bookedOn = readDay(cellOf('date'));
  const amountPence = readPounds(cellOf('amount'));
  const wrong = (column: ExtractColumn, code: string, message: string): Fault => ({
    code,
    message,
    pointer: '/file',
    line,
    column: header[column] + 1,
  });
  const faults = [
    ...dayFault(cellOf('date'), bookedOn, days).map(([code, message]) => wrong('date', code, message)),
    ...amountFault(cellOf('amount'), amountPence).map(([code, message]) => wrong('amount', code, message)),
    ...(['reference', 'payee'] as const).flatMap((column) =>
      wordFault(cellOf(column), column).map(([code, message]) => wrong(column, code, message)),
    ),
  ];
  if (faults.length > 0 || bookedOn === undefined || amountPence === undefined) return { faults };
  return { row: { line, bookedOn, reference: cellOf('reference'), payee: cellOf('payee'), amountPence } };
}

type Wrong = Array<[code: string, message: string]>;

const quoted = (cell: string): string => `"${cell.slice(0, 40)}${cell.length > 40 ? '…' : ''}"`;

function dayFault(cell: string, on: DateOn | undefined, { programmeStartsOn, today }: ExtractDays): Wrong {
  if (on === undefined)
    return [
      [
        cell === '' ? 'date-missing' : 'date-unreadable',
        `${cell === '' ? 'The date is missing' : `${quoted(cell)} is no day`}. Write it as 31/03/2018 or 2018-03-31.`,
      ],
    ];
  if (on > today)
    return [
      ['date-in-future', `${formatDate(on)} is still to come, so nothing was paid on it. Check the year.`],
    ];
  if (on < programmeStartsOn)
    return [
      [
        'date-before-programme',
        `${formatDate(on)} is before the programme began on ${formatDate(programmeStartsOn)}. Check the year.`,
      ],
    ];
  return [];
}

function amountFault(cell: string, amount: Pence | undefined): Wrong {
  if (cell === '') return [['amount-missing', 'The amount is missing. Write it in pounds, as 1250.00.']];
  if (/^[-(−]/.test(cell))
    return [
      [
        'amount-negative',
        `${quoted(cell)} is negative. Write what was paid out as a positive amount, and leave out what came in.`,
      ],
    ];
  if (amount === undefined)
    return [
      [
        'amount-unreadable',
        `${quoted(cell)} is no amount. Write it in pounds with two decimals, as 1250.00.`,
      ],
    ];
  if (amount === 0) return [['amount-zero', 'The amount is nothing. Leave this line out.']];
  return [];
}

function wordFault(cell: string, column: ExtractColumn): Wrong {
  if (cell.length > MAX_CELL)
    return [['too-long', `The ${column} has ${cell.length} characters. Shorten it to ${MAX_CELL} at most.`]];
  const fault = textFault(cell, '/file');
  return fault ? [[fault.code, `The ${column}: ${fault.message}`]] : [];
}
