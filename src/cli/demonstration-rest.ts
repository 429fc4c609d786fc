import type { INestApplicationContext } from '@nestjs/common';
import { playAssurance } from './demonstration-assurance.js';
import { playBenefits } from './demonstration-benefits.js';
import { DemonstrationBlueprints } from './demonstration-blueprints.js';
import type { DemonstrationKey } from './demonstration-key.js';
import { DemonstrationMoney } from './demonstration-money.js';
import { playPortfolio } from './demonstration-portfolio.js';
import { playPublication } from './demonstration-publication.js';
import { playSurveys } from './demonstration-surveys.js';

type Play = (app: INestApplicationContext, keys: readonly DemonstrationKey[]) => Promise<void>;

/** What is played once the returns are there. Rows are played at once; in a row, what comes later rests on what came before. */
const REST: ReadonlyArray<ReadonlyArray<readonly [what: string, play: Play]>> = [
  [
    ['agreements, claims and payments', (app, keys) => new DemonstrationMoney(app, keys).play()],
    ['products and their evidence', playAssurance],
    ['blueprints and adoptions', (app, keys) => new DemonstrationBlueprints(app, keys).play()],
    ['scenarios', playPortfolio],
  ],
  [['published figures', playPublication]],
  [['benefits', playBenefits]],
  [['answers to the survey', playSurveys]],
];

/**
 * Plays the rest of the demonstration. What is not played to its end does not keep the others from it.
 * @param told of each, once it is played: how it went
 */
export async function playRest(
  app: INestApplicationContext,
  keys: readonly DemonstrationKey[],
  told: (what: string, error: Error | null) => void,
): Promise<void> {
  await Promise.all(
    REST.map(async (row) => {
      for (const [what, play] of row)
        await play(app, keys).then(
          () => told(what, null),
          (error: Error) => told(what, error),
        );
    }),
  );
}
