import { Module } from '@nestjs/common';
import { PortfolioModule } from '../../portfolio/portfolio.module.js';
import { PortfolioController } from './portfolio.controller.js';
import { ScenariosController } from './scenarios.controller.js';

/** Programmes side by side, as the API shows them. */
@Module({ imports: [PortfolioModule], controllers: [PortfolioController, ScenariosController] })
export class PortfolioApiModule {}
