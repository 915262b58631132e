/* What facts about resource types are called. */
#include "schema_words.h"

static const char *const type_names[] = {"string", "integer", "number", "boolean",
                                         "object", "list",    "null"};

const char *change_word(cfn_schema_change change)
{
    static const char *const words[] = {"no", "may", "yes"};
    return words[change];
}

static void print_types(FILE *stream, unsigned types)
{
    unsigned left = types;
    for (unsigned i = 0; i < sizeof type_names / sizeof *type_names; i++) {
        if (!(left & 1U << i))
            continue;
        left &= ~(1U << i);
        fprintf(stream, "%s%s", type_names[i], left ? " or " : "");
    }
}

void print_value_type(FILE *stream, const cfn_schema *schema, const cfn_schema_value *value)
{
    unsigned types = cfn_schema_value_describe(schema, value).types;
    cfn_schema_rule rule;
    for (int depth = 0; depth < 4; depth++) {
        bool list = types == CFN_SCHEMA_LIST &&
                    cfn_schema_rule_find(schema, value, CFN_SCHEMA_ITEMS, &rule);
        bool map = types == CFN_SCHEMA_OBJECT && !cfn_schema_property_at(schema, value, 0) &&
                   cfn_schema_rule_find(schema, value, CFN_SCHEMA_PATTERN_PROPERTIES, &rule);
        if (!list && !map)
            break;
        fputs(list ? "list of " : "map of ", stream);
        value = rule.value;
        types = cfn_schema_value_describe(schema, value).types;
    }
    if (types)
        print_types(stream, types);
    else
        fputs(cfn_schema_value_describe(schema, value).forbidden ? "nothing" : "anything", stream);
}

void print_text(FILE *stream, const char *text)
{
    for (const char *p = text; *p; p++) {
        unsigned char c = (unsigned char)*p;
        if (c < ' ' || c == 0x7f)
            fprintf(stream, "\\x%02x", c);
        else
            fputc(c, stream);
    }
}

const cfn_schema_value *innermost_value(const cfn_schema *schema, const cfn_schema_value *value)
{
    cfn_schema_rule rule;
    for (int depth = 0; depth < 4 && !cfn_schema_property_at(schema, value, 0); depth++) {
        if (!cfn_schema_rule_find(schema, value, CFN_SCHEMA_ITEMS, &rule) &&
            !cfn_schema_rule_find(schema, value, CFN_SCHEMA_PATTERN_PROPERTIES, &rule))
            break;
        value = rule.value;
    }
    return value;
}

/* ", 1 to 63 characters", ", at least 1", ", at most 9 items". */
static void print_range(FILE *stream, const cfn_schema *schema, const cfn_schema_value *value,
                        cfn_schema_rule_id least, cfn_schema_rule_id most, const char *unit)
{
    cfn_schema_rule low, high;
    bool has_low = cfn_schema_rule_find(schema, value, least, &low);
    bool has_high = cfn_schema_rule_find(schema, value, most, &high);
    if (!has_low && !has_high)
        return;
    fputs(has_low && has_high ? ", " : has_low ? ", at least " : ", at most ", stream);
    if (has_low)
        print_number(stream, low.number);
    if (has_low && has_high)
        fputs(" to ", stream);
    if (has_high)
        print_number(stream, high.number);
    fputs(unit, stream);
}

void print_limits(FILE *stream, const cfn_schema *schema, const cfn_schema_value *value)
{
    static const struct {
        cfn_schema_rule_id id;
        const char *text;
    } singles[] = {{CFN_SCHEMA_EXCLUSIVE_MINIMUM, ", above "},
                   {CFN_SCHEMA_EXCLUSIVE_MAXIMUM, ", below "},
                   {CFN_SCHEMA_MULTIPLE_OF, ", in steps of "}};
    print_range(stream, schema, value, CFN_SCHEMA_MINIMUM, CFN_SCHEMA_MAXIMUM, "");
    for (size_t i = 0; i < sizeof singles / sizeof *singles; i++) {
        cfn_schema_rule rule;
        if (!cfn_schema_rule_find(schema, value, singles[i].id, &rule))
            continue;
        fputs(singles[i].text, stream);
        print_number(stream, rule.number);
    }
    print_range(stream, schema, value, CFN_SCHEMA_MIN_LENGTH, CFN_SCHEMA_MAX_LENGTH, " characters");
    print_range(stream, schema, value, CFN_SCHEMA_MIN_ITEMS, CFN_SCHEMA_MAX_ITEMS, " items");
    print_range(stream, schema, value, CFN_SCHEMA_MIN_PROPERTIES, CFN_SCHEMA_MAX_PROPERTIES,
                " members");
    cfn_schema_value_facts facts = cfn_schema_value_describe(schema, value);
    fputs(facts.unordered ? ", in any order" : "", stream);
    fputs(facts.unique ? ", without duplicates" : "", stream);
}
