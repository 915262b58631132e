/* Binding: each property of a stack file is looked up in the table, checked for its type and stored
 * in the struct. All that is wrong is reported; the construct is then broken. */
#include "stack/bind.h"

#include "base/text.h"
#include "template/intrinsic.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

typedef struct binder {
    cfn__expansion *x;
    cfn__construct *c;
} binder;

static void bind_record(binder *b, const cfn_record *record, const cfn_node *map,
                        const cfn_node *missing_at, void *props);

void cfn__report_wrong_type(cfn__expansion *x, cfn__construct *c, const cfn__field *field,
                            const cfn_node *value)
{
    c->broken = true;
    bool number = value->kind == CFN_KIND_NUMBER;
    cfn__report(x->diagnostics, CFN2003, value, "%s must be a %s, not %s", field->base.name,
                cfn__field_type_name(x->arena, field),
                number ? value->text : cfn__kind_name(value->kind));
    if (value->kind == CFN_KIND_NULL)
        cfn__hint(x->diagnostics, "leave %s out when it has no value", field->base.name);
    else if (cfn__is_list_field(field))
        cfn__hint(x->diagnostics, "write it as a list: [%s]",
                  value->kind == CFN_KIND_STRING ? value->text : "{...}, ...");
    else if (field->flags & CFN__MAPPING)
        cfn__hint(x->diagnostics, "write each member as Name: value");
}

static void wrong_type(binder *b, const cfn__field *field, const cfn_node *value)
{
    cfn__report_wrong_type(b->x, b->c, field, value);
}

/* Reports an intrinsic where none can stand. */
static void check_intrinsic(binder *b, const cfn__field *field, const cfn_node *value)
{
    if (!(field->flags & CFN__SYNTH_TIME))
        return;
    b->c->broken = true;
    cfn__report(b->x->diagnostics, CFN2005, value,
                "%s decides which resources there are, so it must be known at synth",
                field->base.name);
    cfn__hint(b->x->diagnostics, "write a literal %s here; %s is known only at deployment",
              cfn__field_type_name(b->x->arena, field), value->first->key);
}

static void check_value(binder *b, const cfn__field *field, const cfn_node *value)
{
    if (!field->values)
        return;
    cfn__nearest nearest = cfn__nearest_to(value->text);
    cfn__buffer all = {0};
    for (const char *const *v = field->values; *v; v++) {
        if (strcmp(*v, value->text) == 0) {
            cfn__buffer_free(&all);
            return;
        }
        cfn__buffer_format(&all, "%s%s", all.length ? ", " : "", *v);
        cfn__nearest_offer(&nearest, *v);
    }
    b->c->broken = true;
    cfn__report(b->x->diagnostics, CFN2006, value, "%s cannot be %s", field->base.name,
                value->text);
    cfn__hint(b->x->diagnostics, "%s%s%sone of %s", nearest.best ? "did you mean " : "",
              nearest.best ? nearest.best : "", nearest.best ? "? It is " : "it is ",
              all.text ? all.text : "");
    cfn__buffer_free(&all);
}

static void bind_str(binder *b, const cfn__field *field, const cfn_node *value, cfn_str *out)
{
    if (cfn__is_intrinsic(value)) {
        check_intrinsic(b, field, value);
        *out = cfn_of_node(value);
    } else if (!value->text || value->kind == CFN_KIND_NULL) {
        wrong_type(b, field, value);
    } else {
        check_value(b, field, value);
        bool string =
            value->kind == CFN_KIND_STRING; /* else 3306 is "3306", as CloudFormation has it */
        *out = cfn__str(CFN_LITERAL, value->text, NULL, string ? value : NULL);
    }
}

static void check_range(binder *b, const cfn__field *field, const cfn_node *at, double value)
{
    if (field->max <= field->min || (value >= (double)field->min && value <= (double)field->max))
        return;
    b->c->broken = true;
    cfn__report(b->x->diagnostics, CFN2007, at, "%s must be from %" PRId64 " to %" PRId64,
                field->base.name, field->min, field->max);
}

static bool is_numeric(const cfn_node *value)
{
    return value->kind == CFN_KIND_NUMBER || value->kind == CFN_KIND_STRING;
}

static void bind_int(binder *b, const cfn__field *field, const cfn_node *value, cfn_int *out)
{
    if (cfn__is_intrinsic(value)) {
        check_intrinsic(b, field, value);
        *out = cfn_i_of(cfn_of_node(value));
        return;
    }
    char *end = NULL;
    errno = 0;
    long long number = value->text ? strtoll(value->text, &end, 10) : 0;
    if (!is_numeric(value) || end == value->text || *end || errno) {
        wrong_type(b, field, value);
        return;
    }
    check_range(b, field, value, (double)number);
    *out = cfn_i(number);
    out->expression.node = value;
}

static void bind_num(binder *b, const cfn__field *field, const cfn_node *value, cfn_num *out)
{
    if (cfn__is_intrinsic(value)) {
        check_intrinsic(b, field, value);
        *out = cfn_n_of(cfn_of_node(value));
    } else if (!is_numeric(value) || !cfn__is_json_number(value->text)) {
        wrong_type(b, field, value);
    } else {
        *out = cfn_n(strtod(value->text, NULL));
        out->expression.node = value;
        check_range(b, field, value, out->value);
    }
}

static void bind_bool(binder *b, const cfn__field *field, const cfn_node *value, cfn_bool *out)
{
    bool yes = value->text && strcmp(value->text, "true") == 0;
    bool no = value->text && strcmp(value->text, "false") == 0;
    if (cfn__is_intrinsic(value)) {
        check_intrinsic(b, field, value);
        *out = cfn_b_of(cfn_of_node(value));
    } else if (yes || no) {
        *out = cfn_b(yes);
        out->expression.node = value;
    } else {
        wrong_type(b, field, value);
    }
}

static void bind_json(binder *b, const cfn__field *field, const cfn_node *value, cfn_json *out)
{
    bool mapping = field->flags & CFN__MAPPING;
    if (mapping && cfn__is_intrinsic(value)) {
        b->c->broken = true;
        cfn__report(b->x->diagnostics, CFN2005, value, "%s must be written out at synth",
                    field->base.name);
        cfn__hint(b->x->diagnostics, "each of its values may be a function; %s as a whole may not",
                  field->base.name);
    } else if (value->kind == CFN_KIND_NULL || (mapping && value->kind != CFN_KIND_MAP)) {
        wrong_type(b, field, value);
    } else {
        *out = cfn_json_of(cfn_of_node(value));
    }
}

static void bind_item(binder *b, const cfn__field *field, const cfn_node *value, void *at)
{
    if (field->base.kind == CFN_FIELD_STR_LIST) {
        bind_str(b, field, value, at);
    } else if (field->base.kind == CFN_FIELD_JSON_LIST && value->kind == CFN_KIND_MAP) {
        *(cfn_json *)at = cfn_json_of(cfn_of_node(value));
    } else if (field->base.kind == CFN_FIELD_HANDLE_LIST) {
        cfn__bind_handle(b->x, b->c, field, value, at);
    } else if (value->kind == CFN_KIND_MAP && !cfn__is_intrinsic(value)) {
        bind_record(b, field->base.record, value, value, at);
    } else {
        b->c->broken = true;
        cfn__report(b->x->diagnostics, CFN2003, value, "%s must be a mapping, not %s",
                    field->base.record ? field->base.record->name : field->base.name,
                    cfn__kind_name(value->kind));
    }
}

static void bind_items(binder *b, const cfn__field *field, const cfn_node *value,
                       cfn__any_list *list)
{
    size_t size = cfn__item_size(&field->base);
    char *items = cfn__alloc_array(b->x->arena, value->size ? value->size : 1, size);
    list->items = items;
    for (const cfn_node *n = value->first; n && items; n = n->next)
        bind_item(b, field, n, items + size * list->count++);
    check_range(b, field, value, (double)list->count);
}

static void bind_list(binder *b, const cfn__field *field, const cfn_node *value, void *out)
{
    cfn__any_list list;
    memset(&list, 0, sizeof list);
    bool written_out = field->base.kind == CFN_FIELD_RECORD_LIST ||
                       field->flags & (CFN__SYNTH_TIME | CFN__WRITTEN_OUT);
    const char *named =
        field->base.kind == CFN_FIELD_HANDLE_LIST ? cfn__construct_named(b->x, value) : NULL;
    if (named) {
        wrong_type(b, field, value);
        cfn__hint(b->x->diagnostics, "write it as a list: [!Ref %s]", named);
    } else if (value->kind == CFN_KIND_LIST) {
        bind_items(b, field, value, &list);
    } else if (cfn__is_intrinsic(value) && !written_out) {
        list.all = cfn_of_node(value);
    } else {
        wrong_type(b, field, value);
    }
    memcpy(out, &list, sizeof list);
}

static void bind_field(binder *b, const cfn__field *field, const cfn_node *value, void *at)
{
    switch (field->base.kind) {
    case CFN_FIELD_STR:
        bind_str(b, field, value, at);
        break;
    case CFN_FIELD_INT:
        bind_int(b, field, value, at);
        break;
    case CFN_FIELD_NUM:
        bind_num(b, field, value, at);
        break;
    case CFN_FIELD_BOOL:
        bind_bool(b, field, value, at);
        break;
    case CFN_FIELD_JSON:
        bind_json(b, field, value, at);
        break;
    case CFN_FIELD_HANDLE:
        cfn__bind_handle(b->x, b->c, field, value, at);
        break;
    case CFN_FIELD_RECORD:
        if (value->kind == CFN_KIND_MAP && !cfn__is_intrinsic(value))
            bind_record(b, field->base.record, value, value, at);
        else
            wrong_type(b, field, value);
        break;
    case CFN_FIELD_STR_LIST:
    case CFN_FIELD_JSON_LIST:
    case CFN_FIELD_HANDLE_LIST:
    case CFN_FIELD_RECORD_LIST:
        bind_list(b, field, value, at);
        break;
    default: /* attributes; a test holds that tables of constructs have no other kinds */
        break;
    }
}

/* The property that AWS or another tool calls by this name. */
static const char *called_otherwise(const cfn_record *record, const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < record->count; i++) {
        const char *also = cfn__row_at(record, i)->also;
        for (const char *p = also ? also : ""; *p; p += strspn(p, " ")) {
            size_t word = strcspn(p, " ");
            if (word == length && memcmp(p, name, length) == 0)
                return cfn__field_at(record, i)->name;
            p += word;
        }
    }
    return NULL;
}

static void unknown(binder *b, const cfn_record *record, const cfn_node *value)
{
    cfn__nearest nearest = cfn__nearest_to(value->key);
    for (size_t i = 0; i < record->count; i++)
        cfn__nearest_offer(&nearest, cfn__field_at(record, i)->name);
    b->c->broken = true;
    cfn__report_key(b->x->diagnostics, CFN2002, value, "%s has no property %s", record->name,
                    value->key);
    const char *otherwise = called_otherwise(record, value->key);
    if (otherwise)
        cfn__hint(b->x->diagnostics, "it is called %s here", otherwise);
    else if (cfn__is_attribute(value->key))
        cfn__hint(b->x->diagnostics, "%s belongs beside Properties", value->key);
    else if (nearest.best)
        cfn__hint_nearest(b->x->diagnostics, nearest.best);
    else
        cfn__hint(b->x->diagnostics, "`cfngen explain %s` lists its properties", b->c->type->name);
}

/* What an Overrides says is taken as it is and laid over the resources later. */
static bool is_overrides(const cfn_record *record, const char *key)
{
    const cfn_field *last = cfn__field_at(record, record->count - 1);
    return last->kind == CFN_FIELD_ATTRIBUTES && strcmp(key, "Overrides") == 0;
}

static void bind_record(binder *b, const cfn_record *record, const cfn_node *map,
                        const cfn_node *missing_at, void *props)
{
    for (const cfn_node *n = cfn_node_first(map); n; n = n->next) {
        const cfn__field *field = cfn__find_field(record, n->key);
        if (field && field->base.kind != CFN_FIELD_ATTRIBUTES)
            bind_field(b, field, n, (char *)props + field->base.offset);
        else if (!is_overrides(record, n->key))
            unknown(b, record, n);
    }
    for (size_t i = 0; i < record->count; i++) {
        const cfn__field *field = cfn__row_at(record, i);
        if (!(field->flags & CFN__REQUIRED) || cfn_node_get(map, field->base.name))
            continue;
        b->c->broken = true;
        cfn__report_key(b->x->diagnostics, CFN2004, missing_at, "%s needs the property %s",
                        record->name, field->base.name);
        cfn__hint(b->x->diagnostics, "%s: %s", field->base.name, field->doc);
    }
}

void cfn__bind(cfn__expansion *x, cfn__construct *c)
{
    binder b = {x, c};
    const cfn_record *record = &c->type->props;
    const cfn_node *properties = cfn_node_get(c->declared, "Properties");
    const cfn_field *last = cfn__field_at(record, record->count - 1);
    cfn__bind_attributes(x, c, (cfn_attributes *)(void *)((char *)c->props + last->offset));
    if (properties && properties->kind != CFN_KIND_MAP) {
        c->broken = true;
        cfn__report(x->diagnostics, CFN2003, properties, "Properties must be a mapping, not %s",
                    cfn__kind_name(properties->kind));
        return;
    }
    bind_record(&b, record, properties, c->declared, c->props);
}
