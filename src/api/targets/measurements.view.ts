import { MEASUREMENT_STATES } from '../../targets/measurement.rules.js';
import { PartsView, TrustView } from '../common.view.js';
import { INSTANT, Shows, ShowsOrNull, WHOLE } from '../fields.js';

class MeasureRefView {
  @Shows('Its target set.', { example: 'exemplar-aims/v1' }) targetSet: string;
  @Shows('Its code.', { example: 'online-record-access' }) code: string;
  @Shows('Its name.') name: string;
  @Shows('What is counted.', { enum: ['share', 'score', 'count'] }) unit: string;
}

class ValueView extends PartsView {
  @ShowsOrNull('What was said of it.', String) note: string | null;
  @Shows('By whom.', { example: 'Amina Hussain' }) by: string;
  @Shows('When.', INSTANT) at: string;
}

export class MeasurementView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('What was measured.') measure: MeasureRefView;
  @Shows('By which trust.') trust: TrustView;
  @Shows('For which period.', { example: '2018/19 Q1' }) period: string;
  @Shows('As the trust reported it.') selfReported: ValueView;
  @ShowsOrNull('As somebody else validated it.', ValueView) validated: ValueView | null;
  @Shows('Where it is in its life.', { enum: [...MEASUREMENT_STATES] }) state: string;
  @Shows('Whether it was made up to show how the system works.') illustrative: boolean;
  @Shows('The ETag.', WHOLE) revision: number;
}

export class MeasurementPageView {
  @Shows('The measurements.', { type: [MeasurementView] }) items: MeasurementView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

export class MeasurementsView {
  @Shows('The measurements.', { type: [MeasurementView] }) items: MeasurementView[];
}
