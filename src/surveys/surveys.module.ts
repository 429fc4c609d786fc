import { Module } from '@nestjs/common';
import { DefinitionSections } from '../programmes/definition-section.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { AdoptionReader } from './adoption.reader.js';
import { SheetsReader } from './sheets.reader.js';
import { SURVEY_SECTIONS } from './survey.sections.js';
import { SurveySheetService } from './survey-sheet.service.js';
import { SurveysReader } from './surveys.reader.js';

const PROVIDERS = [AdoptionReader, SheetsReader, SurveySheetService, SurveysReader];

@Module({ imports: [ProgrammesModule], providers: PROVIDERS, exports: PROVIDERS })
export class SurveysModule {
  constructor(sections: DefinitionSections) {
    sections.give(...SURVEY_SECTIONS);
  }
}
