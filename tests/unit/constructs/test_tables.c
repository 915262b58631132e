/* The descriptor tables tile their structs: each member has one row, in order, and no byte but
 * padding is left. A row that is missing, double or of the wrong kind shows here. */
#include "support.h"

#include "constructs/constructs.h"

static void assert_tiles(const cfn_record *record)
{
    size_t end = 0;
    for (size_t i = 0; i < record->count; i++) {
        const cfn__field *field = cfn__row_at(record, i);
        size_t padding = field->base.offset - end;
        if (field->base.offset < end || padding >= sizeof(void *))
            print_error("%s: %s is at %zu, the row before it ends at %zu\n", record->name,
                        field->base.name, field->base.offset, end);
        assert_true(field->base.offset >= end && padding < sizeof(void *));
        end = field->base.offset + cfn__field_size(&field->base);
        if (field->base.record)
            assert_tiles(field->base.record);
    }
    assert_true(end <= record->size && record->size - end < sizeof(void *));
}

static void every_table_tiles_its_struct(void **state)
{
    (void)state;
    for (const cfn__construct_type *const *type = cfn__construct_types; *type; type++)
        assert_tiles(&(*type)->props);
}

static void assert_told(const cfn_record *record)
{
    for (size_t i = 0; i < record->count; i++) {
        const cfn__field *field = cfn__row_at(record, i);
        assert_true(field->base.kind <= CFN_FIELD_ATTRIBUTES); /* what the binder knows */
        assert_non_null(field->doc);
        assert_true(field->doc[strlen(field->doc) - 1] == '.');
        bool handle =
            field->base.kind == CFN_FIELD_HANDLE || field->base.kind == CFN_FIELD_HANDLE_LIST;
        assert_int_equal(handle, field->construct != NULL);
        if (field->base.record)
            assert_told(field->base.record);
    }
}

static void every_property_is_told_in_a_sentence(void **state)
{
    (void)state;
    for (const cfn__construct_type *const *type = cfn__construct_types; *type; type++)
        assert_told(&(*type)->props);
}

static void every_construct_ends_with_its_attributes(void **state)
{
    (void)state;
    for (const cfn__construct_type *const *type = cfn__construct_types; *type; type++) {
        const cfn_record *props = &(*type)->props;
        assert_int_equal(cfn__field_at(props, props->count - 1)->kind, CFN_FIELD_ATTRIBUTES);
        assert_string_equal(props->name, (*type)->name);
    }
}

static void constructs_stand_in_the_order_of_their_names(void **state)
{
    (void)state;
    for (size_t i = 1; cfn__construct_types[i]; i++)
        assert_true(strcmp(cfn__construct_types[i - 1]->name, cfn__construct_types[i]->name) < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_table_tiles_its_struct),
        cmocka_unit_test(every_property_is_told_in_a_sentence),
        cmocka_unit_test(every_construct_ends_with_its_attributes),
        cmocka_unit_test(constructs_stand_in_the_order_of_their_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
