/* A gate of one's own before a deployment: what would be lost, and which changes are why. Takes the
 * old and the new template; without arguments it shows what it does with two small ones. */
#include <cfngen/cfngen.h>
#include <stdio.h>
#include <string.h>

static const char old_text[] = "Resources:\n"
                               "  Orders: {Type: 'AWS::DynamoDB::Table', Properties: {TableName: "
                               "orders, BillingMode: PROVISIONED}}\n"
                               "  Logs: {Type: 'AWS::Logs::LogGroup', DeletionPolicy: Retain}\n";
static const char new_text[] = "Resources:\n"
                               "  Orders: {Type: 'AWS::DynamoDB::Table', Properties: {TableName: "
                               "sales, BillingMode: PAY_PER_REQUEST}}\n";

static void print_loss(const cfn_diff_entry *entry)
{
    printf("%s: lost with it: %s\n", entry->id, entry->loss);
    for (size_t i = 0; i < entry->change_count; i++)
        if (entry->changes[i].impact >= CFN_IMPACT_MAY_REPLACE && *entry->changes[i].path)
            printf("  because of %s\n", entry->changes[i].path);
}

/* How many resources lose what is in them. */
static size_t print_losses(const cfn_template_diff *diff)
{
    const cfn_diff_entry *entry;
    size_t count = 0;
    for (size_t i = 0; (entry = cfn_template_diff_entry_at(diff, i)); i++) {
        if (!*entry->loss)
            continue;
        print_loss(entry);
        count++;
    }
    return count;
}

static const cfn_node *read(cfn_arena *arena, cfn_diagnostics *diagnostics, const char *path,
                            const char *text)
{
    return path ? cfn_read_file(arena, diagnostics, path, CFN_FORMAT_AUTO)
                : cfn_read_text(arena, diagnostics, "example", text, strlen(text), CFN_FORMAT_YAML);
}

int main(int argc, char **argv)
{
    cfn_arena *arena = cfn_arena_new();
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    const cfn_node *old = read(arena, diagnostics, argc > 2 ? argv[1] : NULL, old_text);
    const cfn_node *new = read(arena, diagnostics, argc > 2 ? argv[2] : NULL, new_text);
    cfn_template_diff *diff =
        old && new ? cfn_template_diff_new(old, new, NULL, diagnostics) : NULL;
    size_t losses = diff ? print_losses(diff) : 0;
    if (diff)
        printf("%zu of %zu changes lose data\n", losses, cfn_template_diff_entry_count(diff));
    fputs(cfn_diagnostics_text(diagnostics, false), stderr);
    bool fine = diff && !cfn_diagnostics_count(diagnostics, CFN_ERROR);
    cfn_template_diff_free(diff);
    cfn_diagnostics_free(diagnostics);
    cfn_arena_free(arena);
    return !fine || (losses && argc > 2);
}
