import { Body, Get, HttpCode, Logger, Post, Req } from '@nestjs/common';
import { type ActingRequest, Public } from '../../http/access.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages } from '../page/pages.js';

const statement = (view: string, title: string): Page => ({ view: `home/${view}.njk`, title });

/** Where everybody arrives, and what a public service says of itself. */
@Public()
@Pages()
export class HomeController {
  private readonly logger = new Logger('ContentSecurityPolicy');

  @Get()
  home(@Req() { actor }: ActingRequest): Page | Onward {
    return actor ? onward('/tasks') : statement('home', 'The record of a publicly funded programme');
  }

  @Get('accessibility-statement')
  accessibility(): Page {
    return statement('accessibility', 'Accessibility statement');
  }

  @Get('privacy')
  privacy(): Page {
    return statement('privacy', 'Privacy and cookies');
  }

  /** What a browser refused to load, because no page of ours asks for it. */
  @Post('csp-reports')
  @HttpCode(204)
  report(@Body() body: unknown): void {
    this.logger.warn(`A browser refused something: ${JSON.stringify(body ?? null).slice(0, 1_000)}`);
  }
}
