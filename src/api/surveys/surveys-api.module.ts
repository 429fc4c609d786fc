import { Module } from '@nestjs/common';
import { SurveysModule } from '../../surveys/surveys.module.js';
import { SurveySheetsController } from './survey-sheets.controller.js';
import { SurveysController } from './surveys.controller.js';

/** The survey of adoption, as the API shows it. */
@Module({ imports: [SurveysModule], controllers: [SurveySheetsController, SurveysController] })
export class SurveysApiModule {}
