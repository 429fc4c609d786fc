import type { Blocker } from './blockers.js';

/** One verb of a state table: from which states it may happen, and to which it leads. */
export interface Transition<State extends string> {
  from: readonly State[];
  to: State;
}

/** A state table, checked when it is made. */
export interface Transitions<State extends string, Verb extends string> {
  readonly name: string;
  readonly initial: State;
  readonly states: readonly State[];
  readonly verbs: readonly Verb[];
  /** Why a verb may not happen in a state: one blocker, or none. */
  blockers(verb: Verb, state: State): Blocker[];
  /** The state that a verb leads to. @throws Error where it may not happen: ask `blockers` first. */
  next(verb: Verb, state: State): State;
  /** The verbs that may happen in a state. */
  open(state: State): Verb[];
}

function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function reachable(initial: string, table: readonly Transition<string>[]): Set<string> {
  const reached = new Set([initial]);
  for (let before = -1; before !== reached.size; ) {
    before = reached.size;
    for (const { from, to } of table) if (from.some((state) => reached.has(state))) reached.add(to);
  }
  return reached;
}

/**
 * Makes a state table. The check runs when the program starts: every state is reached from the initial one,
 * every verb can happen, and no verb names a state that is not listed.
 * @throws Error naming what is wrong with the table
 */
export function defineTransitions<State extends string, Verb extends string>(
  name: string,
  initial: State,
  states: readonly State[],
  table: Record<Verb, Transition<State>>,
): Transitions<State, Verb> {
  const rows = Object.values<Transition<State>>(table);
  const known = new Set<string>(states);
  for (const state of [initial, ...rows.flatMap((row) => [...row.from, row.to])])
    if (!known.has(state)) throw new Error(`${name}: ${state} is not a listed state`);
  const reached = reachable(initial, rows);
  for (const state of states) if (!reached.has(state)) throw new Error(`${name}: nothing leads to ${state}`);
  for (const [verb, row] of Object.entries<Transition<State>>(table))
    if (row.from.length === 0) throw new Error(`${name}: ${verb} can never happen`);

  const blockersOf = (verb: Verb, state: State): Blocker[] =>
    table[verb].from.includes(state)
      ? []
      : [
          {
            code: 'wrong-state',
            message: `This ${name} is ${state.replaceAll('-', ' ')}; it must be ${list(
              table[verb].from.map((each) => each.replaceAll('-', ' ')),
            )} for this.`,
            pointer: '/state',
          },
        ];
  return {
    name,
    initial,
    states,
    verbs: Object.keys(table) as Verb[],
    blockers: blockersOf,
    next(verb, state) {
      const reasons = blockersOf(verb, state);
      if (reasons.length > 0) throw new Error(reasons[0]?.message);
      return table[verb].to;
    },
    open: (state) => (Object.keys(table) as Verb[]).filter((verb) => table[verb].from.includes(state)),
  };
}
