import { Get, Query } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { textIn } from '../../core/paging.js';
import { Public } from '../../http/access.js';
import { BaseAddress } from '../../identity/base-address.js';
import { OpenDataReader } from '../../open-data/open-data.reader.js';
import { asked } from '../page/address.js';
import type { Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { dictionaryPage } from './dictionary.page.js';
import { openDataPage } from './open-data.page.js';

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
    const found = await this.openData.find(this.address.origin());
    return openDataPage(found, this.config.openData, textIn(asked(after) ?? undefined));
  }

  @Get('dictionary')
  dictionary(): Page {
    return dictionaryPage();
  }
}
