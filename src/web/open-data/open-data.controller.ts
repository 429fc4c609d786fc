import { Get, Query } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { Public } from '../../http/access.js';
import { BaseAddress } from '../../identity/base-address.js';
import { OpenDataReader } from '../../open-data/open-data.reader.js';
import { asked } from '../page/address.js';
import type { Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { dictionaryPage } from './dictionary.page.js';
import { openDataPage } from './open-data.page.js';

/** As many grants as the page shows: the files have all. */
const SHOWN = 50;

/** What is open, and what it means. */
@Public()
@Pages('open-data')
export class OpenDataPagesController {
  constructor(
    private readonly openData: OpenDataReader,
    private readonly config: Config,
    private readonly address: BaseAddress,
  ) {}

  @Get()
  async show(@Query('after') after: unknown): Promise<Page> {
    const page = { limit: SHOWN, after: asked(after) ?? undefined };
    return openDataPage(await this.openData.overview(this.address.origin(), page), this.config.openData);
  }

  @Get('dictionary')
  dictionary(): Page {
    return dictionaryPage();
  }
}
