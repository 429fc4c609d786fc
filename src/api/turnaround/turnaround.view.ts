import { PARTIES, STAGE_CODES } from '../../turnaround/stage.rules.js';
import { SourcedView, TrustView } from '../common.view.js';
import { DAY, Shows, ShowsOrNull, WHOLE } from '../fields.js';

const DAYS = { type: 'number', example: 4.5 } as const;

class StageTimeView {
  @Shows('As many as left the stage in these days.', WHOLE) ended: number;
  @ShowsOrNull('The median of the days that they were in it; null where none left it.', Number, DAYS)
  medianDays: number | null;
  @ShowsOrNull('Nine in ten were in it for no longer; null where none left it.', Number, DAYS)
  ninetiethDays: number | null;
  @ShowsOrNull(
    'Of those that left it, as many as kept to the target; null where there is none.',
    Number,
    WHOLE,
  )
  withinTarget: number | null;
}

class StandingStageTimeView extends StageTimeView {
  @Shows('As many as are in it now.', WHOLE) open: number;
  @ShowsOrNull('How long the longest of them is in it, in days; null where none is.', Number, DAYS)
  longestOpenDays: number | null;
  @ShowsOrNull(
    'Of those in it, as many as are in it longer than the target; null where there is none.',
    Number,
    WHOLE,
  )
  openOverTarget: number | null;
}

class TimedStageView extends StandingStageTimeView {
  @Shows('The stage.', { enum: [...STAGE_CODES] }) code: string;
  @Shows('What goes through it.', { example: 'Claims' }) process: string;
  @Shows('From what to what it is.', { example: 'Recommended, until all have approved it' }) name: string;
  @Shows('Whether somebody works on it, or it waits for them to.', { enum: ['working', 'waiting'] })
  kind: string;
  @Shows('Whose turn it is.', { enum: [...PARTIES] }) on: string;
  @ShowsOrNull('In how many days it should be left; null where the programme names none.', Number, DAYS)
  targetDays: number | null;
}

class RangeView {
  @Shows('The first day on which what is counted left its stage.', DAY) from: string;
  @Shows('The last day.', DAY) to: string;
}

export class TurnaroundView extends RangeView {
  @Shows('Every stage, in the order in which things go through them.', { type: [TimedStageView] })
  stages: TimedStageView[];
  @ShowsOrNull(
    'The one whose median is the most of its target, or the longest where there is no target; null where fewer than three things left any.',
    TimedStageView,
  )
  slowest: TimedStageView | null;
  @ShowsOrNull('Where the targets are from; null where there are none.', SourcedView)
  sourced: SourcedView | null;
}

class StageQuarterView extends StageTimeView {
  @Shows('The first day of the quarter in which they left it.', DAY) startsOn: string;
}

class StageTrustView extends StandingStageTimeView {
  @Shows('The trust.') trust: TrustView;
}

class StageTrustPageView {
  @Shows('Trusts, by name.', { type: [StageTrustView] }) items: StageTrustView[];
  @ShowsOrNull('Where the next page begins; null on the last.', String) next: string | null;
}

export class StageTurnaroundView extends RangeView {
  @Shows('The stage.') stage: TimedStageView;
  @Shows('Over time, the earliest quarter first.', { type: [StageQuarterView] }) quarters: StageQuarterView[];
  @Shows('By trust.') trusts: StageTrustPageView;
}
