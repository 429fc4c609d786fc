import { DayField } from '../fields.js';
import { PageQuery } from '../paging.js';

const FROM = 'The first day on which things left a stage; left out: twelve months that end with the last.';
const TO = 'The last day; left out: today.';

export class TurnaroundQuery {
  @DayField({ is: FROM, optional: true }) from?: string;
  @DayField({ is: TO, optional: true }) to?: string;
}

export class StageQuery extends PageQuery {
  @DayField({ is: FROM, optional: true }) from?: string;
  @DayField({ is: TO, optional: true }) to?: string;
}
