import {
  ADOPTION_MODES,
  ADOPTION_STATES,
  type AdoptionMode,
  type AdoptionState,
} from '../../blueprints/adoption.rules.js';
import { LIMITS } from '../../blueprints/blueprint.rules.js';
import { ChoiceField, CodeField, DayField, PenceField, TextField } from '../fields.js';
import { PageQuery } from '../paging.js';

export class AdoptionsQuery extends PageQuery {
  @ChoiceField({ is: 'Only those at this stage.', of: ADOPTION_STATES, optional: true })
  state?: AdoptionState;
  @CodeField({ is: 'Only those of this organisation, by ODS code.', example: 'RTV', optional: true })
  organisation?: string;
}

export class BeginAdoptionDto {
  @ChoiceField({ is: 'How it is taken up.', of: ADOPTION_MODES, example: 'standard-methods' })
  mode: AdoptionMode;
  @TextField({
    is: 'What is changed locally.',
    max: LIMITS.text,
    min: 0,
    optional: true,
    example: 'The forms of our own wards.',
  })
  localChanges: string = '';
  @CodeField({
    is: 'Who adopts it, by ODS code; left out: your own trust. The funder records for those who have nobody here.',
    example: 'RTV',
    nullable: true,
  })
  organisation: string | null = null;
}

/** What is left out stays as it is. */
export class WriteAdoptionDto {
  @ChoiceField({ is: 'How it is taken up.', of: ADOPTION_MODES, optional: true }) mode?: AdoptionMode;
  @TextField({
    is: 'What was changed locally.',
    max: LIMITS.text,
    min: 0,
    optional: true,
    example: 'The forms of our own wards.',
  })
  localChanges?: string;
  @PenceField({ is: 'What it cost whoever adopts it.', nullable: true }) costPence?: number | null;
  @TextField({
    is: 'How that was worked out; given with the cost.',
    max: LIMITS.line,
    nullable: true,
    example: 'Invoices and staff time, net of VAT',
  })
  costBasis?: string | null;
}

export class AdoptionBeginningDto {
  @DayField({ is: 'The day on which it was begun.', example: '2018-02-01' }) startedOn: string;
}

export class AdoptionGoLiveDto {
  @DayField({ is: 'The day on which it went live.', example: '2018-05-01' }) liveOn: string;
}

export class AdoptionAbandonmentDto {
  @DayField({ is: 'The day on which it was given up.', example: '2018-05-01' }) abandonedOn: string;
  @TextField({ is: 'Why.', max: 2_000, example: 'Our record system could not be joined to it.' })
  reason: string;
}

export class FiguresValidationDto {
  @TextField({
    is: 'What was looked at.',
    max: 2_000,
    nullable: true,
    example: 'The invoices and the time sheets.',
  })
  note: string | null = null;
}

export class FiguresRejectionDto {
  @TextField({
    is: 'Why they are sent back.',
    max: 2_000,
    example: 'The licences of the second year are missing.',
  })
  reason: string;
}

export class PairingDecisionDto {
  @TextField({ is: 'Why.', max: 2_000, example: 'Both boards agreed on 12 March 2018.' }) reason: string;
}

export class FollowerAwardDto {
  @PenceField({ is: 'What the follower was awarded.', example: 300_000_000 }) awardPence: number;
  @PenceField({ is: 'What it matches.', example: 300_000_000 }) matchPence: number;
  @TextField({ is: 'What says so.', max: LIMITS.line, example: 'Award letter of 12 March 2018' })
  source: string;
}
