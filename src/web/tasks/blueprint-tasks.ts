import { Injectable } from '@nestjs/common';
import type { WaitingFigures } from '../../blueprints/adoption.queries.js';
import { AdoptionsReader, type FiguresTodo } from '../../blueprints/adoptions.reader.js';
import type { BlueprintStep } from '../../blueprints/blueprint.rules.js';
import type { WaitingQuestion } from '../../blueprints/blueprint-notice.queries.js';
import { BlueprintsReader, type ListedWaiting } from '../../blueprints/blueprints.reader.js';
import { type Actor, may } from '../../core/actor.js';
import { LISTED, type Task } from './task.js';

/** The steps that somebody waits for, and how each is called as a task. */
const TODO: Partial<Record<BlueprintStep, { words: string; status: string }>> = {
  review: { words: 'Review', status: 'Submitted' },
  publication: { words: 'Publish or ask about', status: 'In review' },
  answer: { words: 'Answer what the review asks about', status: 'Queried' },
};

/** What waits for somebody of blueprints: to be reviewed, published or answered. */
function blueprintTasks(
  actor: Pick<Actor, 'trustId'>,
  { versions, questions }: { versions: readonly ListedWaiting[]; questions: readonly WaitingQuestion[] },
): Task[] {
  return [
    ...questions.map(
      ({ id, reference, words, asker }): Task => ({
        group: 'Blueprints',
        title: `Answer ${asker} about ${reference}`,
        note: words,
        href: `/blueprint-contacts/${id}/answer`,
        dueOn: null,
        status: { words: 'To answer', colour: 'blue' },
      }),
    ),
    ...versions.flatMap(({ id, reference, title, trust, next }) =>
      next.flatMap((step): Task[] => {
        const todo = TODO[step];
        if (!todo) return [];
        return [
          {
            group: 'Blueprints',
            title: `${todo.words} ${reference}: ${title}`,
            note: actor.trustId === null ? trust : null,
            href: `/blueprints/${id}`,
            dueOn: null,
            status: { words: todo.status, colour: step === 'answer' ? 'yellow' : 'blue' },
          },
        ];
      }),
    ),
  ];
}

/** Adoptions whose days and cost somebody has to look at, or to write anew. */
const figuresTasks = (
  waiting: ReadonlyArray<Pick<WaitingFigures, 'id' | 'reference' | 'organisation'> & { todo: FiguresTodo }>,
): Task[] =>
  waiting.map(({ id, reference, organisation, todo }) => ({
    group: 'Blueprints',
    title:
      todo === 'validate'
        ? `Validate time and cost of the adoption ${reference}`
        : `Write time and cost of the adoption ${reference} anew`,
    note: todo === 'validate' ? organisation : null,
    href: `/adoptions/${id}`,
    dueOn: null,
    status:
      todo === 'validate'
        ? { words: 'To validate', colour: 'blue' }
        : { words: 'Sent back', colour: 'yellow' },
  }));

/** What waits for somebody of a programme's blueprints. */
@Injectable()
export class BlueprintTasks {
  constructor(
    private readonly blueprints: BlueprintsReader,
    private readonly adoptions: AdoptionsReader,
  ) {}

  async of(actor: Actor, slug: string): Promise<Task[]> {
    if (!may(actor, 'blueprint:prepare') && !may(actor, 'blueprint:review')) return [];
    return [
      ...blueprintTasks(actor, await this.blueprints.waiting(actor, slug, LISTED)),
      ...figuresTasks(await this.adoptions.waiting(actor, slug, LISTED)),
    ];
  }
}
