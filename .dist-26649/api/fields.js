import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsInt, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min, MinLength, ValidateBy, ValidateIf, ValidateNested } from 'class-validator';
import { isDateOn } from '../core/calendar.js';
import { isFinancialYear } from '../core/financial-period.js';
import { MAX_PENCE } from '../core/money.js';
/** One field of a body or query: what it must be, and how the reference describes it, said once. */ function field(about, schema, ...checks) {
    const omittable = about.optional || about.nullable;
    return applyDecorators(ApiProperty({
        description: about.is,
        ...about.example === undefined ? {} : {
            example: about.example
        },
        required: !omittable,
        ...about.nullable ? {
            nullable: true
        } : {},
        ...schema
    }), ...about.nullable ? [
        IsOptional()
    ] : about.optional ? [
        ValidateIf((_, value)=>value !== undefined)
    ] : [], ...checks);
}
const check = (name, message, validate)=>ValidateBy({
        name,
        validator: {
            validate,
            defaultMessage: ()=>message
        }
    });
/** Not blank. */ const SAYS_SOMETHING = '\\S';
export const TextField = (about)=>field(about, {
        type: String,
        minLength: about.min ?? 1,
        maxLength: about.max,
        ...about.min === 0 ? {} : {
            pattern: SAYS_SOMETHING
        }
    }, IsString({
        message: 'must be a text'
    }), ...about.min === 0 ? [] : [
        Matches(/\S/, {
            message: 'must not be blank'
        })
    ], MinLength(about.min ?? 1, {
        message: `must have at least ${about.min ?? 1} character(s)`
    }), MaxLength(about.max, {
        message: `must have at most ${about.max} characters`
    }));
const CODE = /^[A-Za-z0-9][A-Za-z0-9/._-]*$/;
const KEBAB = /^[a-z0-9-]+$/;
/** A code in kebab-case, as definitions give them. */ export const CodeField = (about)=>field(about, {
        type: String,
        maxLength: 160,
        pattern: CODE.source
    }, IsString({
        message: 'must be a code'
    }), MaxLength(160, {
        message: 'must have at most 160 characters'
    }), Matches(CODE, {
        message: 'must be a code: letters, digits, and - . / _ between them'
    }));
/** A list of one code or more in kebab-case. */ export const CodesField = (about)=>field(about, {
        type: 'array',
        items: {
            type: 'string',
            maxLength: 160,
            pattern: KEBAB.source
        },
        minItems: 1,
        maxItems: about.max
    }, IsArray({
        message: 'must be a list'
    }), ArrayMinSize(1, {
        message: 'must have at least 1 entry'
    }), ArrayMaxSize(about.max, {
        message: `must have at most ${about.max} entries`
    }), check('codes', 'each entry must be a code: letters and digits, and - between them', (value)=>!Array.isArray(value) || value.every((each)=>typeof each === 'string' && each.length <= 160 && KEBAB.test(each))));
/** A list of texts. */ export const TextsField = (about)=>field(about, {
        type: 'array',
        items: {
            type: 'string',
            minLength: 1,
            maxLength: about.each,
            pattern: SAYS_SOMETHING
        },
        minItems: about.min ?? 0,
        maxItems: about.max
    }, IsArray({
        message: 'must be a list'
    }), ArrayMinSize(about.min ?? 0, {
        message: `must have at least ${about.min} entries`
    }), ArrayMaxSize(about.max, {
        message: `must have at most ${about.max} entries`
    }), check('texts', `each entry must be a text of at most ${about.each} characters that is not blank`, (value)=>!Array.isArray(value) || value.every((text)=>typeof text === 'string' && text.length <= about.each && /\S/.test(text))));
export const ChoiceField = (about)=>field(about, {
        enum: [
            ...about.of
        ]
    }, IsIn([
        ...about.of
    ], {
        message: `must be one of: ${about.of.join(', ')}`
    }));
/** A list of allow-listed codes, each once at most. */ export const ChoicesField = (about)=>field(about, {
        type: 'array',
        items: {
            type: 'string',
            enum: [
                ...about.of
            ]
        },
        maxItems: about.max,
        uniqueItems: true
    }, IsArray({
        message: 'must be a list'
    }), ArrayMaxSize(about.max, {
        message: `must have at most ${about.max} entries`
    }), check('choices', `each entry must be one of: ${about.of.join(', ')}; and each once`, (value)=>!Array.isArray(value) || value.every((each)=>about.of.includes(each)) && new Set(value).size === value.length));
/** Whole pence, zero or more. */ export const PenceField = (about)=>field({
        example: 12_500_000,
        ...about
    }, {
        type: 'integer',
        format: 'int64',
        minimum: 0,
        maximum: MAX_PENCE
    }, IsInt({
        message: 'must be a whole number of pence'
    }), Min(0, {
        message: 'must be zero pence or more'
    }), Max(MAX_PENCE, {
        message: `must be at most ${MAX_PENCE} pence`
    }));
export const WholeField = (about)=>field(about, {
        type: 'integer',
        minimum: about.min,
        maximum: about.max
    }, IsInt({
        message: 'must be a whole number'
    }), Min(about.min, {
        message: `must be ${about.min} or more`
    }), Max(about.max, {
        message: `must be ${about.max} or less`
    }));
export const DayField = (about)=>field({
        example: '2018-03-31',
        ...about
    }, {
        type: String,
        format: 'date'
    }, check('day', 'must be a day that exists, such as 2018-03-31', isDateOn));
export const FinancialYearField = (about)=>field({
        example: '2017/18',
        ...about
    }, {
        type: String,
        pattern: '^\\d{4}/\\d{2}$'
    }, check('financialYear', 'must be a financial year, such as 2017/18', isFinancialYear));
export const IdField = (about)=>field(about, {
        type: String,
        format: 'uuid'
    }, IsUUID('all', {
        message: 'must be an id (a UUID)'
    }));
/**
 * A list of things, each checked like a body of its own. The function is wrapped anew, because Swagger knows one that
 * gives a class by its name, `type`.
 */ export const ListField = (type, about)=>field(about, {
        type: ()=>type(),
        isArray: true,
        minItems: about.min ?? 0,
        maxItems: about.max
    }, IsArray({
        message: 'must be a list'
    }), ArrayMinSize(about.min ?? 0, {
        message: `must have at least ${about.min} entries`
    }), ArrayMaxSize(about.max, {
        message: `must have at most ${about.max} entries`
    }), check('things', 'each entry must be an object', (value)=>!Array.isArray(value) || value.every(isThing)), ValidateNested({
        each: true
    }), Type(type));
/** A thing within a thing. */ export const PartField = (type, about)=>field(about, {
        type: ()=>type()
    }, check('thing', 'must be an object', isThing), ValidateNested(), Type(type));
const isThing = (value)=>typeof value === 'object' && value !== null && !Array.isArray(value);
/** One field of an answer: what it is, and how it looks. */ export const Shows = (description, more = {})=>ApiProperty({
        description,
        ...more
    });
/** As `Shows`, for a field that may be null. */ export const ShowsOrNull = (description, type, more = {})=>ApiProperty({
        description,
        type,
        nullable: true,
        ...more
    });
/** Whatever a field of another thing holds. */ export const ANYTHING = {
    anyOf: [
        'string',
        'number',
        'boolean',
        'object',
        'array',
        'null'
    ].map((type)=>({
            type
        }))
};
export const PENCE = {
    type: 'integer',
    format: 'int64',
    example: 500_000_000
};
export const DAY = {
    type: String,
    format: 'date',
    example: '2018-03-31'
};
export const INSTANT = {
    type: String,
    format: 'date-time',
    example: '2018-04-16T09:30:00Z'
};
export const WHOLE = {
    type: 'integer',
    example: 1
};

//# sourceMappingURL=fields.js.map