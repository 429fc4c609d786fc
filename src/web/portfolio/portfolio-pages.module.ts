import { Module } from '@nestjs/common';
import { PortfolioModule } from '../../portfolio/portfolio.module.js';
import { ProgrammesModule } from '../../programmes/programmes.module.js';
import { PortfolioPagesController } from './portfolio.controller.js';
import { ScenarioPagesController } from './scenarios.controller.js';

/** Pages of programmes side by side, and of what-ifs. */
@Module({
  imports: [PortfolioModule, ProgrammesModule],
  controllers: [PortfolioPagesController, ScenarioPagesController],
})
export class PortfolioPagesModule {}
