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
function _ts_param(paramIndex, decorator) {
    return function(target, key) {
        decorator(target, key, paramIndex);
    };
}
import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import { PERMISSIONS, permissionsOf, ROLES } from '../core/permissions.js';
import { By, SignedIn } from '../http/access.js';
let MeView = class MeView {
};
_ts_decorate([
    ApiProperty({
        description: 'Your id.',
        format: 'uuid'
    }),
    _ts_metadata("design:type", String)
], MeView.prototype, "id", void 0);
_ts_decorate([
    ApiProperty({
        example: 'Amina Hussain'
    }),
    _ts_metadata("design:type", String)
], MeView.prototype, "name", void 0);
_ts_decorate([
    ApiProperty({
        enum: [
            ...ROLES
        ]
    }),
    _ts_metadata("design:type", String)
], MeView.prototype, "role", void 0);
_ts_decorate([
    ApiProperty({
        type: String,
        nullable: true,
        description: 'ODS code of the trust that you act for.',
        example: 'RW4'
    }),
    _ts_metadata("design:type", Object)
], MeView.prototype, "trust", void 0);
_ts_decorate([
    ApiProperty({
        description: 'What your role may do.',
        enum: [
            ...PERMISSIONS
        ],
        isArray: true
    }),
    _ts_metadata("design:type", Object)
], MeView.prototype, "permissions", void 0);
export class MeController {
    me(actor) {
        const { id, name, role, trustOds } = actor;
        return {
            id,
            name,
            role,
            trust: trustOds,
            permissions: role === 'system' ? [] : permissionsOf(role)
        };
    }
}
_ts_decorate([
    Get(),
    SignedIn(),
    ApiOperation({
        summary: 'Who you are, and what you may do'
    }),
    ApiResponse({
        status: 200,
        type: MeView
    }),
    _ts_param(0, By()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof Actor === "undefined" ? Object : Actor
    ]),
    _ts_metadata("design:returntype", typeof MeView === "undefined" ? Object : MeView)
], MeController.prototype, "me", null);
MeController = _ts_decorate([
    ApiTags('identity'),
    Controller('v1/me')
], MeController);

//# sourceMappingURL=me.controller.js.map