import { LAYOUTS } from '../../portfolio/portfolio.rules.js';
import { ProgrammeNameView, SourcedView } from '../common.view.js';
import { DAY, PENCE, Shows, ShowsOrNull, WHOLE } from '../fields.js';
import { ScoreView } from '../programmes/progress.view.js';

const YEAR = { example: '2018/19' };

class FundingFiguresView {
  @Shows('What agreements hold.', PENCE) awardedPence: number;
  @Shows('What is awarded, and no agreement in force holds: in no other figure.', PENCE)
  notAgreedPence: number;
  @Shows('What was claimed, or paid in advance.', PENCE) drawnPence: number;
  @Shows('What is left to draw.', PENCE) remainingPence: number;
  @Shows('What is paid, and was not recovered.', PENCE) paidPence: number;
}

class MatchFiguresView {
  @Shows('What the versions of agreements in force ask for.', PENCE) agreedPence: number;
  @Shows('What is evidenced, and not accepted yet.', PENCE) evidencedPence: number;
  @Shows('What is accepted.', PENCE) acceptedPence: number;
}

class MilestoneFiguresView {
  @Shows('All that were neither waived nor cancelled.', WHOLE) milestones: number;
  @Shows('Agreed for today or before.', WHOLE) due: number;
  @Shows('Of those that are due: met.', WHOLE) metOfDue: number;
  @Shows('Met, due or not.', WHOLE) met: number;
}

class RatedTrustsView {
  @Shows('The code of the scale.', { example: 'delivery-confidence-5' }) scale: string;
  @Shows('Its name.') scaleName: string;
  @Shows('The code of the rating.', { example: 'amber-green' }) rating: string;
  @Shows('Its name.', { example: 'Amber/Green' }) label: string;
  @Shows('How many trusts are rated so.', WHOLE) trusts: number;
}

class FiguresView {
  @Shows('Grant.') funding: FundingFiguresView;
  @Shows('Match.') match: MatchFiguresView;
  @Shows('Milestones, by the day that is agreed.') milestones: MilestoneFiguresView;
  @Shows('Delivery confidence by scale, from best to worst. Two scales are never added up.', {
    type: [RatedTrustsView],
  })
  confidence: RatedTrustsView[];
  @Shows('Whether any of the money was made up to show how the system works.', { example: false })
  illustrative: boolean;
}

class PortfolioScoreView {
  @Shows('The period at whose end it is.', { example: '2018/19 Q1' }) period: string;
  @ShowsOrNull('As reported.', ScoreView) selfReported: ScoreView | null;
  @ShowsOrNull('As validated.', ScoreView) validated: ScoreView | null;
}

class ProgrammeRowView extends FiguresView {
  @Shows('Which programme.') programme: ProgrammeNameView;
  @ShowsOrNull('Toward all of its targets. Scores are not added up over programmes.', PortfolioScoreView)
  score: PortfolioScoreView | null;
}

class PortfolioGroupView extends FiguresView {
  @ShowsOrNull('A goal’s code, a region’s name or a year’s label; null: of what has none.', String, {
    example: 'paperless',
  })
  key: string | null;
  @Shows('In words.', { example: 'A paperless NHS by 2020' }) name: string;
  @Shows('The programmes in it.', { type: [ProgrammeRowView] }) programmes: ProgrammeRowView[];
}

class StrategyGoalView {
  @Shows('Its code.', { example: 'paperless' }) code: string;
  @Shows('The strategy that it is of.') strategy: string;
  @Shows('Its title.') title: string;
  @Shows('In words.') statement: string;
  @Shows('Where it comes from.') sourced: SourcedView;
  @Shows('The programmes that serve it.', { type: [String], example: ['mental-health-exemplars'] })
  programmes: string[];
}

export class PortfolioLayoutView {
  @Shows('The day that it is of.', DAY) asOn: string;
  @Shows('What it is laid out by.', { enum: [...LAYOUTS] }) by: string;
  @Shows('How groups add up to the totals, in words.') counting: string;
  @Shows('Of the programmes, each once.') totals: FiguresView;
  @Shows('How much of what is awarded stands in another group too.', { ...PENCE, example: 0 })
  awardedAgainPence: number;
  @Shows('The programmes.', { type: [ProgrammeRowView] }) programmes: ProgrammeRowView[];
  @Shows('By goal, region or year.', { type: [PortfolioGroupView] }) groups: PortfolioGroupView[];
  @Shows('All goals that programmes serve.', { type: [StrategyGoalView] }) goals: StrategyGoalView[];
  @Shows('All regions.', { type: [String], example: ['North West'] }) regions: string[];
  @Shows('All financial years.', { type: [String], ...YEAR, example: ['2018/19'] }) years: string[];
}
