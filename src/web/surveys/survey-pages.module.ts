import { Module } from '@nestjs/common';
import { ProgrammesModule } from '../../programmes/programmes.module.js';
import { SurveysModule } from '../../surveys/surveys.module.js';
import { SheetPagesController } from './sheets.controller.js';
import { SurveyPagesController } from './surveys.controller.js';

/** Pages of the survey of adoption. */
@Module({
  imports: [ProgrammesModule, SurveysModule],
  controllers: [SheetPagesController, SurveyPagesController],
})
export class SurveyPagesModule {}
