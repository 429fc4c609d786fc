import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/actor.js';
import { notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import { programmeId } from '../programmes/programme.queries.js';
import { type PeerFigure, type PeersAsked, peerFigures } from './figure-sums.queries.js';
import { publishedPeerPeriods } from './published.queries.js';

/** What other trusts say of the measures, as far as the reader may know it. */
export interface Peers {
  /** `all`: whatever other trusts reported; `published`: only what is public of them. */
  covers: PeersAsked['covers'];
  figures: PeerFigure[];
  /** The periods that another trust has something published of, by label. */
  publishedPeriods: string[];
}

/** Other trusts, added up, to compare one with. */
@Injectable()
export class PeersReader {
  constructor(private readonly scope: ReadScope) {}

  /**
   * Whoever acts for a trust is told what is published of the others, and nothing else of them: that is the same for
   * everybody, so it is read as everybody may.
   * @param period a label
   * @throws Problem 404
   */
  of(actor: Actor, slug: string, odsCode: string, period: string): Promise<Peers> {
    const covers = actor.trustId === null ? 'all' : 'published';
    return this.scope.run({ trustId: null }, async (sql) => {
      const id = await programmeId(sql, slug);
      if (!id) throw notFound('programme');
      const periods = await publishedPeerPeriods(sql, id, odsCode);
      return {
        covers,
        figures: await peerFigures(sql, id, { period, odsCode, covers }),
        publishedPeriods: periods.map(({ label }) => label),
      };
    });
  }
}
