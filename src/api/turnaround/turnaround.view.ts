import { PARTIES, STAGE_CODES } from '../../turnaround/stage.rules.js';
import { SourcedView, TrustView } from '../common.view.js';
import { DAY, Shows, ShowsOrNull, WHOLE } from '../fields.js';

const DAYS = { type: 'number', example: 4.5 } as const;

class SpreadView {
  @ShowsOrNull('The median, in days, by nearest rank; null where none left the stage.', Number, DAYS)
  medianDays: number | null;
  @ShowsOrNull('The 90th percentile, in days, by nearest rank; null where none left the stage.', Number, DAYS)
  ninetiethDays: number | null;
}

class LeftTimeView {
  @Shows('As many as left the stage in these days.', WHOLE) ended: number;
  @Shows('How long they were in it.') whole: SpreadView;
  @ShowsOrNull('How long of that somebody had it in hand; null where nobody has, in this stage.', SpreadView)
  working: SpreadView | null;
  @ShowsOrNull('How long of that it waited; null where it never does.', SpreadView)
  waiting: SpreadView | null;
  @ShowsOrNull(
    'Of those that left it, as many as kept to the target: the time working or, where nobody works on it, waiting. Null where there is none.',
    Number,
    WHOLE,
  )
  withinTarget: number | null;
}

class StageTimeView extends LeftTimeView {
  @Shows('As many as are in it now.', WHOLE) open: number;
  @ShowsOrNull(
    'How long the longest of them is in it, in days, without its queries; null where none is.',
    Number,
    DAYS,
  )
  longestOpenDays: number | null;
  @ShowsOrNull(
    'Of those in it, as many as are in it longer than the target; null where there is none.',
    Number,
    WHOLE,
  )
  openOverTarget: number | null;
}

class TimedStageView extends StageTimeView {
  @Shows('The stage.', { enum: [...STAGE_CODES] }) code: string;
  @Shows('What goes through it.', { example: 'Claims' }) process: string;
  @Shows('From what to what it is.', { example: 'Recommended, until it is approved by all' }) name: string;
  @ShowsOrNull('Who has it in hand; null: nobody.', String, { enum: [...PARTIES] }) worksOn: string | null;
  @ShowsOrNull('On whom it waits; null: it never does.', String, { enum: [...PARTIES] }) waitsOn:
    | string
    | null;
  @ShowsOrNull('In how many days it should be left; null where the programme names none.', Number, WHOLE)
  targetDays: number | null;
}

class RangeView {
  @Shows('The first day on which what is counted left its stage.', DAY) from: string;
  @Shows('The last day.', DAY) to: string;
}

export class TurnaroundView extends RangeView {
  @Shows('Every stage, in the order in which things go through them.', { type: [TimedStageView] })
  items: TimedStageView[];
  @ShowsOrNull(
    'The one whose median is the most of its target, or the longest where there is no target; null where fewer than three things left any.',
    TimedStageView,
  )
  slowest: TimedStageView | null;
  @ShowsOrNull('Where the targets are from; null where there are none.', SourcedView)
  sourced: SourcedView | null;
}

class StageQuarterView extends LeftTimeView {
  @Shows('The first day of the quarter in which they left it.', DAY) startsOn: string;
}

class StageTrustView extends StageTimeView {
  @Shows('The trust.') trust: TrustView;
}

export class StageTurnaroundView extends RangeView {
  @Shows('The stage.') stage: TimedStageView;
  @Shows('Over time, the earliest quarter first.', { type: [StageQuarterView] }) quarters: StageQuarterView[];
  @Shows(
    'By trust, by name; what is of no one trust, as the assurance of a product is, is in the stage alone.',
    { type: [StageTrustView] },
  )
  items: StageTrustView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}
