import { Body, Get, HttpCode, Logger, Post, Req } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { type ActingRequest, Public } from '../../http/access.js';
import { plural } from '../page/format.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { table, text } from '../page/table.js';

const statement = (view: string, title: string): Page => ({ view: `home/${view}.njk`, title });

const COOKIES = table<string[]>({
  id: 'cookies',
  caption: 'Cookies that are set',
  rows: [
    ['__Host-exemplar', 'That you are signed in', 'Until you sign out or close the browser'],
    ['__Host-exemplar-sign-in', 'That it is you who comes back from signing in', '10 minutes'],
    ['__Host-exemplar-notice', 'What is said once on the next page, such as “Saved”', '1 minute'],
  ],
  columns: [
    text('Name', ([name = '']) => name),
    text('What it is for', ([, purpose = '']) => purpose),
    text('How long', ([, , duration = '']) => duration),
  ],
  empty: 'No cookies are set.',
});

/** Where everybody arrives, and what a public service says of itself. */
@Public()
@Pages()
export class HomeController {
  private readonly logger = new Logger('ContentSecurityPolicy');

  constructor(private readonly config: Config) {}

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
    const years = plural(this.config.personRetentionYears, 'year');
    return { ...statement('privacy', 'Privacy and cookies'), tables: [COOKIES], model: { years } };
  }

  /** What a browser refused to load, because no page of ours asks for it. */
  @Post('csp-reports')
  @HttpCode(204)
  report(@Body() body: unknown): void {
    this.logger.warn(`A browser refused something: ${JSON.stringify(body ?? null).slice(0, 1_000)}`);
  }
}
