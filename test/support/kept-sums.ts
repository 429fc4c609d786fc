import { YEAR_END } from '../../src/change-requests/year-end-position.queries.js';
import { Clock } from '../../src/config/clock.js';
import { systemActor } from '../../src/core/actor.js';
import { ReadScope } from '../../src/database/read-scope.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { WORTH } from '../../src/funding/benefit-to-cost.reader.js';
import { GATES, NEXT_GATES } from '../../src/funding/gates/gate.queries.js';
import { MATCH } from '../../src/funding/match/match-totals.queries.js';
import { MONEY } from '../../src/funding/money-sums.queries.js';
import { type Sums, sumOfTrusts, type TrustSum } from '../../src/programmes/kept-sum.queries.js';
import { KeptSums } from '../../src/programmes/kept-sums.js';
import { programmeId } from '../../src/programmes/programme.queries.js';
import { RATINGS, RETURNS } from '../../src/progress-reports/delivery.queries.js';
import { FIGURES } from '../../src/targets/figure-sums.queries.js';
import { PUBLICATION } from '../../src/targets/publication.queries.js';
import { TAKEN, TAKEN_IN_QUARTERS } from '../../src/turnaround/turnaround.queries.js';
import type { TestApp } from './app.js';
import { SLUG } from './returns.js';

export const ALL: ReadonlyArray<TrustSum<object>> = [
  FIGURES,
  GATES,
  MATCH,
  MONEY,
  NEXT_GATES,
  PUBLICATION,
  RATINGS,
  RETURNS,
  TAKEN,
  TAKEN_IN_QUARTERS,
  WORTH,
  YEAR_END,
];

/** Does what the job does every hour. */
export const keepSums = (app: TestApp) =>
  app.app
    .get(UnitOfWork, { strict: false })
    .run({ actor: systemActor('test', 'test'), action: 'sums.keep' }, (tx) =>
      app.app.get(KeptSums, { strict: false }).keep(tx),
    );

const above = (sums: object): Sums =>
  Object.fromEntries(Object.entries(sums as Sums).filter(([, value]) => value !== 0));

/** Every sum of the programme's trusts, out of what is kept and what came after it, and added up whole at the same moment. */
export function bothSums(
  app: TestApp,
  slug = SLUG,
): Promise<{ total: Record<string, Sums>; whole: Record<string, Sums> }> {
  const today = app.app.get(Clock, { strict: false }).today();
  return app.app.get(ReadScope, { strict: false }).run({ trustId: null }, async (sql) => {
    const id = (await programmeId(sql, slug)) as string;
    const [total, whole]: [Record<string, Sums>, Record<string, Sums>] = [{}, {}];
    for (const sum of ALL) {
      const asked = await sum.asked(sql, id, today);
      total[sum.name] = above(await sumOfTrusts(sql, sum, id, asked));
      whole[sum.name] = above(await sum.of(sql, id, asked, null));
    }
    return { total, whole };
  });
}
