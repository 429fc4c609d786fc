function _ts_decorate(decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") {
        r = Reflect.decorate(decorators, target, key, desc);
    } else {
        for(var i = decorators.length - 1; i >= 0; i--){
            if (d = decorators[i]) {
                r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
            }
        }
    }
    return c > 3 && r && Object.defineProperty(target, key, r), r;
}
function _ts_metadata(metadataKey, metadataValue) {
    if (typeof Reflect === "object" && typeof Reflect.metadata === "function") {
        return Reflect.metadata(metadataKey, metadataValue);
    }
}
import { DAY, Shows, ShowsOrNull, WHOLE } from './fields.js';
export class TrustView {
}
_ts_decorate([
    Shows('ODS code.', {
        example: 'RW4'
    }),
    _ts_metadata("design:type", String)
], TrustView.prototype, "odsCode", void 0);
_ts_decorate([
    Shows('Its name now.', {
        example: 'Mersey Care NHS Foundation Trust'
    }),
    _ts_metadata("design:type", String)
], TrustView.prototype, "name", void 0);
/** Somebody, as answers name people. */ export class PersonView {
}
_ts_decorate([
    Shows('Their id.', {
        format: 'uuid'
    }),
    _ts_metadata("design:type", String)
], PersonView.prototype, "id", void 0);
_ts_decorate([
    Shows('Their name.', {
        example: 'Amina Hussain'
    }),
    _ts_metadata("design:type", String)
], PersonView.prototype, "name", void 0);
let SourceView = class SourceView {
};
_ts_decorate([
    Shows('What it is.', {
        example: 'Mental health GDEs will get money for apps and patient records'
    }),
    _ts_metadata("design:type", String)
], SourceView.prototype, "title", void 0);
_ts_decorate([
    Shows('Where it is.', {
        example: 'digitalhealth.net/2017/04'
    }),
    _ts_metadata("design:type", String)
], SourceView.prototype, "reference", void 0);
_ts_decorate([
    ShowsOrNull('When it was published, as precisely as is known.', String, {
        example: '2017-04'
    }),
    _ts_metadata("design:type", Object)
], SourceView.prototype, "dated", void 0);
/** Where a fact comes from: a public source, or why it is assumed. */ export class SourcedView {
}
_ts_decorate([
    ShowsOrNull('The public source.', SourceView),
    _ts_metadata("design:type", Object)
], SourcedView.prototype, "source", void 0);
_ts_decorate([
    ShowsOrNull('Why the fact is assumed; null where a source says it.', String, {
        example: 'No source splits the award by year: an even split is assumed'
    }),
    _ts_metadata("design:type", Object)
], SourcedView.prototype, "assumed", void 0);
export class PartsView {
}
_ts_decorate([
    Shows('Of this many…', WHOLE),
    _ts_metadata("design:type", Number)
], PartsView.prototype, "numerator", void 0);
_ts_decorate([
    Shows('…out of this many.', {
        ...WHOLE,
        example: 4
    }),
    _ts_metadata("design:type", Number)
], PartsView.prototype, "denominator", void 0);
export class PeriodView {
}
_ts_decorate([
    Shows('Its label.', {
        example: '2017/18 Q4'
    }),
    _ts_metadata("design:type", String)
], PeriodView.prototype, "label", void 0);
_ts_decorate([
    Shows('Its last day.', DAY),
    _ts_metadata("design:type", String)
], PeriodView.prototype, "endsOn", void 0);

//# sourceMappingURL=common.view.js.map