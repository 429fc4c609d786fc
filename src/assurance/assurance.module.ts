import { Module } from '@nestjs/common';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { StorageModule } from '../storage/storage.module.js';
import { AssuranceReader } from './assurance.reader.js';
import { AssuranceDocumentService } from './assurance-document.service.js';
import { AssuranceItemService } from './assurance-item.service.js';
import { AssuranceStepsService } from './assurance-steps.service.js';
import { DeploymentService } from './deployment.service.js';
import { ProductService } from './product.service.js';
import { ProductsReader } from './products.reader.js';

const PROVIDERS = [
  AssuranceDocumentService,
  AssuranceItemService,
  AssuranceReader,
  AssuranceStepsService,
  DeploymentService,
  ProductService,
  ProductsReader,
];

@Module({ imports: [ProgrammesModule, StorageModule], providers: PROVIDERS, exports: PROVIDERS })
export class AssuranceModule {}
