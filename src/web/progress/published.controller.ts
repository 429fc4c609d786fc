import { Get, Param, Query } from '@nestjs/common';
import { Public } from '../../http/access.js';
import { PublicationReader } from '../../progress-reports/publication.reader.js';
import type { Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { type PublishedQuery, publicationAsked, publishedPage } from './published.page.js';
import { publishedListPage } from './published-list.page.js';

/** What is public, for anybody. */
@Public()
@Pages('progress')
export class PublishedPagesController {
  constructor(private readonly publications: PublicationReader) {}

  @Get()
  async list(): Promise<Page> {
    return publishedListPage(await this.publications.programmes());
  }

  @Get(':slug')
  async show(@Param('slug') slug: string, @Query() query: PublishedQuery): Promise<Page> {
    const wanted = publicationAsked(query);
    return publishedPage(await this.publications.page(slug, wanted), wanted);
  }
}
