import { AsyncLocalStorage } from 'node:async_hooks';
import type { Fault } from '../../core/problems.js';
import type { Typed } from './form.js';

/** What was typed into a form that could not be carried out, and why: its page is shown again with both. */
export interface Filling {
  typed: Typed;
  /** What the page says at its top. */
  title: string;
  detail: string;
  faults: Fault[];
}

/** The filling of the page that is being made. */
export const fillings = new AsyncLocalStorage<Filling>();
