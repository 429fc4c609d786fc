import { TrustView } from '../common.view.js';
import { DAY, Shows, ShowsOrNull, WHOLE } from '../fields.js';

class ProductVersionView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('The version, as the supplier numbers it.', { example: '5.2' }) version: string;
  @Shows('The day on which it was released.', DAY) releasedOn: string;
}

export class ProductView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its name.', { example: 'Ward observations' }) name: string;
  @Shows('Who supplies it.', { example: 'Northern Health Software Ltd' }) supplier: string;
  @Shows('What it is for.', { example: 'Records observations at the bedside.' }) summary: string;
  @Shows('How many versions are recorded.', { ...WHOLE, example: 2 }) versions: number;
  @Shows('How many uses of it you may see that have not ended.', { ...WHOLE, example: 3 })
  deployments: number;
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
  @Shows('The ETag.', WHOLE) revision: number;
}

export class ProductPageView {
  @Shows('The products, by name.', { type: [ProductView] }) items: ProductView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

export class ProductVersionsView extends ProductView {
  @Shows('Its versions, the latest first.', { type: [ProductVersionView] })
  versionList: ProductVersionView[];
}

class DeployedProgrammeView {
  @Shows('Its slug.', { example: 'mental-health-exemplars' }) slug: string;
  @Shows('Its name.') name: string;
}

class DeployedProjectView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its code.', { example: 'slam-ward-observations' }) code: string;
  @Shows('Its name.', { example: 'Ward observations' }) name: string;
}

class DeployedProductView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its name.', { example: 'Ward observations' }) name: string;
  @Shows('Who supplies it.', { example: 'Northern Health Software Ltd' }) supplier: string;
}

class DeployedVersionView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its name.', { example: '5.2' }) name: string;
}

export class DeploymentView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('The programme.') programme: DeployedProgrammeView;
  @Shows('Whose it is.') trust: TrustView;
  @Shows('The project that uses it.') project: DeployedProjectView;
  @Shows('The product.') product: DeployedProductView;
  @Shows('The version of it.') version: DeployedVersionView;
  @Shows('The first day of its use; it may be to come.', DAY) fromOn: string;
  @ShowsOrNull('The last day of its use; null: it goes on.', String, DAY) toOn: string | null;
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
  @Shows('The ETag.', WHOLE) revision: number;
}

export class DeploymentPageView {
  @Shows('The uses, in the order in which they were recorded.', { type: [DeploymentView] })
  items: DeploymentView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}
