import { Get, Param } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import type { Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { programmeTrail } from '../programme/programme.trail.js';

/** What a programme is configured with: where awards, match rules and conditions come from. */
@Pages('programmes/:slug/definition')
export class DefinitionPagesController {
  constructor(private readonly programmes: ProgrammesReader) {}

  @Get()
  @Needs('programme:read')
  async show(@By() actor: Actor, @Param('slug') slug: string): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    return {
      view: 'agreements/definition.njk',
      title: 'Definition of the programme',
      caption: programme.name,
      trail: programmeTrail(programme),
      model: { programme, definition: await this.programmes.definition(actor, slug) },
    };
  }
}
