import { Global, Module } from '@nestjs/common';
import { PageAnswers } from './page.answers.js';
import { PageFilter } from './page.filter.js';
import { PageInterceptor } from './page.interceptor.js';
import { PageRenderer } from './page.renderer.js';
import { PageAgain } from './page-again.js';

/** What every page is answered by. */
@Global()
@Module({
  providers: [PageAgain, PageAnswers, PageFilter, PageInterceptor, PageRenderer],
  exports: [PageAgain, PageAnswers, PageFilter, PageInterceptor, PageRenderer],
})
export class PageModule {}
