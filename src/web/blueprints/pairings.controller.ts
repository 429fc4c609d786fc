import { Get, Param, Post } from '@nestjs/common';
import { AdoptionsReader } from '../../blueprints/adoptions.reader.js';
import { PairingService } from '../../blueprints/pairing.service.js';
import type { Actor } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { stepAnswers, stepNamed, stepPage } from '../page/step.js';
import { followersTrail, pairingFacts, pairingPage } from './adoption.page.js';
import { PAIRING_PAGES } from './adoption-steps.js';

/** Pairings of followers with exemplars: confirmed, awarded, ended. */
@Pages('pairings/:id')
export class PairingPagesController {
  constructor(
    private readonly reader: AdoptionsReader,
    private readonly service: PairingService,
  ) {}

  @Get()
  @Needs('programme:read')
  async one(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    return pairingPage(await this.reader.pairing(actor, id));
  }

  @Get('steps/:step')
  @Needs('pairing:decide')
  async step(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') name: string,
  ): Promise<Page> {
    const step = stepNamed(PAIRING_PAGES, name);
    const pairing = await this.reader.pairing(actor, id);
    return stepPage(step(pairing), {
      action: `/pairings/${id}/steps/${name}`,
      caption: `${pairing.follower.name} follows ${pairing.exemplar.name}`,
      revision: pairing.revision,
      trail: followersTrail(pairing.programme, { text: pairing.follower.name, href: `/pairings/${id}` }),
      facts: pairingFacts(pairing),
      back: `/pairings/${id}`,
    });
  }

  @Post('steps/:step')
  @Needs('pairing:decide')
  async take(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') name: string,
    @Sent() form: Form,
  ): Promise<Onward> {
    const step = stepNamed(PAIRING_PAGES, name)(await this.reader.pairing(actor, id));
    const { reason, awardPence, matchPence, source } = stepAnswers(step, form);
    const { revision } = form;
    if (name === 'award')
      await this.service.recordAward(actor, id, revision, {
        ...{ awardPence: Number(awardPence), matchPence: Number(matchPence), source: String(source) },
      });
    else if (name === 'confirmation') await this.service.confirm(actor, id, revision, String(reason));
    else await this.service.end(actor, id, revision, String(reason));
    return onward(`/pairings/${id}`, step.notice);
  }
}
