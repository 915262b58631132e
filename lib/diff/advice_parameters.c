/* Advice about parameters of databases that count only after a reboot, or never.
 *
 * Which are static: of MySQL the system variables that its manual calls not dynamic, of PostgreSQL
 * the settings that can only be set at server start, of Aurora and RDS what their guides add.
 * https://dev.mysql.com/doc/refman/8.0/en/server-system-variable-reference.html
 * https://www.postgresql.org/docs/current/view-pg-settings.html (context postmaster)
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Reference.ParameterGroups.html
 */
#include "diff/advice.h"

#include "base/text.h"

#include <string.h>

typedef enum counts {
    AFTER_A_REBOOT,
    FROM_THE_START /* cannot be changed once there is a database */
} counts;

/* By engine, then by name. `family`: how names of the families it stands for begin, in which the
 * parameter is static; NULL: all of the engine. */
static const struct parameter {
    const char *engine, *name, *family;
    counts counts;
} parameters[] = {
    {"mysql", "aurora_enhanced_binlog", "aurora-", AFTER_A_REBOOT},
    {"mysql", "back_log", NULL, AFTER_A_REBOOT},
    {"mysql", "binlog_format", "aurora-", AFTER_A_REBOOT},
    {"mysql", "ft_max_word_len", NULL, AFTER_A_REBOOT},
    {"mysql", "ft_min_word_len", NULL, AFTER_A_REBOOT},
    {"mysql", "innodb_autoinc_lock_mode", NULL, AFTER_A_REBOOT},
    {"mysql", "innodb_buffer_pool_chunk_size", NULL, AFTER_A_REBOOT},
    {"mysql", "innodb_buffer_pool_instances", NULL, AFTER_A_REBOOT},
    {"mysql", "innodb_ft_cache_size", NULL, AFTER_A_REBOOT},
    {"mysql", "innodb_ft_max_token_size", NULL, AFTER_A_REBOOT},
    {"mysql", "innodb_ft_min_token_size", NULL, AFTER_A_REBOOT},
    {"mysql", "innodb_log_file_size", NULL, AFTER_A_REBOOT},
    {"mysql", "innodb_page_cleaners", NULL, AFTER_A_REBOOT},
    {"mysql", "innodb_purge_threads", NULL, AFTER_A_REBOOT},
    {"mysql", "innodb_read_io_threads", NULL, AFTER_A_REBOOT},
    {"mysql", "innodb_rollback_on_timeout", NULL, AFTER_A_REBOOT},
    {"mysql", "innodb_sort_buffer_size", NULL, AFTER_A_REBOOT},
    {"mysql", "innodb_sync_array_size", NULL, AFTER_A_REBOOT},
    {"mysql", "innodb_write_io_threads", NULL, AFTER_A_REBOOT},
    {"mysql", "log_slave_updates", NULL, AFTER_A_REBOOT},
    {"mysql", "lower_case_table_names", NULL, FROM_THE_START},
    {"mysql", "max_digest_length", NULL, AFTER_A_REBOOT},
    {"mysql", "ngram_token_size", NULL, AFTER_A_REBOOT},
    {"mysql", "open_files_limit", NULL, AFTER_A_REBOOT},
    {"mysql", "performance_schema", NULL, AFTER_A_REBOOT},
    {"mysql", "skip_name_resolve", NULL, AFTER_A_REBOOT},
    {"mysql", "table_open_cache_instances", NULL, AFTER_A_REBOOT},
    {"mysql", "thread_handling", NULL, AFTER_A_REBOOT},
    {"mysql", "thread_stack", NULL, AFTER_A_REBOOT},
    {"postgres", "autovacuum_freeze_max_age", NULL, AFTER_A_REBOOT},
    {"postgres", "autovacuum_max_workers", NULL, AFTER_A_REBOOT},
    {"postgres", "autovacuum_multixact_freeze_max_age", NULL, AFTER_A_REBOOT},
    {"postgres", "cron.database_name", NULL, AFTER_A_REBOOT},
    {"postgres", "huge_pages", NULL, AFTER_A_REBOOT},
    {"postgres", "max_connections", NULL, AFTER_A_REBOOT},
    {"postgres", "max_files_per_process", NULL, AFTER_A_REBOOT},
    {"postgres", "max_locks_per_transaction", NULL, AFTER_A_REBOOT},
    {"postgres", "max_logical_replication_workers", NULL, AFTER_A_REBOOT},
    {"postgres", "max_pred_locks_per_transaction", NULL, AFTER_A_REBOOT},
    {"postgres", "max_prepared_transactions", NULL, AFTER_A_REBOOT},
    {"postgres", "max_replication_slots", NULL, AFTER_A_REBOOT},
    {"postgres", "max_wal_senders", NULL, AFTER_A_REBOOT},
    {"postgres", "max_worker_processes", NULL, AFTER_A_REBOOT},
    {"postgres", "pg_stat_statements.max", NULL, AFTER_A_REBOOT},
    {"postgres", "rds.logical_replication", NULL, AFTER_A_REBOOT},
    {"postgres", "shared_buffers", NULL, AFTER_A_REBOOT},
    {"postgres", "shared_preload_libraries", NULL, AFTER_A_REBOOT},
    {"postgres", "superuser_reserved_connections", NULL, AFTER_A_REBOOT},
    {"postgres", "track_activity_query_size", NULL, AFTER_A_REBOOT},
    {"postgres", "track_commit_timestamp", NULL, AFTER_A_REBOOT},
    {"postgres", "wal_buffers", NULL, AFTER_A_REBOOT},
};

static const struct parameter *find_parameter(const char *family, const char *name)
{
    for (size_t i = 0; i < sizeof parameters / sizeof *parameters; i++) {
        const struct parameter *p = &parameters[i];
        if (strcmp(p->name, name) == 0 && strstr(family, p->engine) &&
            (!p->family || cfn__starts_with(family, p->family)))
            return p;
    }
    return NULL;
}

/* Whether a parameter has another value than in the other map. */
static bool differs(const cfn_node *parameter, const cfn_node *others)
{
    const cfn_node *other = cfn_node_get(others, parameter->key);
    const char *a = cfn_node_text(parameter), *b = cfn_node_text(other);
    return a && b ? strcmp(a, b) != 0 : !cfn_node_equal(parameter, other);
}

typedef struct group {
    cfn_template_diff *diff;
    const char *family;
    const char *names[FROM_THE_START + 1]; /* those that changed, as "a, b" */
} group;

static void take(group *g, const cfn_node *parameter)
{
    const struct parameter *p = find_parameter(g->family, parameter->key);
    if (!p)
        return;
    const char **names = &g->names[p->counts];
    *names = cfn__format(g->diff->arena, "%s%s%s", *names ? *names : "", *names ? ", " : "",
                         parameter->key);
}

static void look_at(group *g, const cfn_diff_entry *entry)
{
    const cfn_node *old = cfn__old_property(entry, "Parameters");
    const cfn_node *new = cfn__new_property(entry, "Parameters");
    for (const cfn_node *n = cfn_node_first(new); n; n = n->next)
        if (n->key && differs(n, old))
            take(g, n);
    for (const cfn_node *n = cfn_node_first(old); n; n = n->next)
        if (n->key && !cfn_node_get(new, n->key))
            take(g, n);
}

static void advise_of_group(cfn_template_diff *diff, const cfn_diff_entry *entry)
{
    static const char *const databases[] = {"AWS::RDS::DBCluster", "AWS::RDS::DBInstance", NULL};
    const char *family = cfn__new_text(diff, entry, "Family", "");
    if (!family || !cfn__diff_property(entry, "Parameters"))
        return;
    group g = {.diff = diff, .family = family};
    look_at(&g, entry);
    if (!g.names[AFTER_A_REBOOT] && !g.names[FROM_THE_START])
        return;
    const char *users = cfn__users_of(diff, entry->id, databases);
    if (g.names[AFTER_A_REBOOT])
        cfn__diff_advise(diff, CFN6034, entry->id, "Parameters",
                         "static parameters of %s change (%s): they count after a reboot, which "
                         "CloudFormation does not do; reboot the instances of %s",
                         entry->id, g.names[AFTER_A_REBOOT],
                         users ? users : "the databases that use it");
    if (g.names[FROM_THE_START])
        cfn__diff_advise(diff, CFN6041, entry->id, "Parameters",
                         "%s changes what is fixed when a database is made (%s): %s has to be made "
                         "anew",
                         entry->id, g.names[FROM_THE_START], users ? users : "what uses it");
}

void cfn__advise_of_parameters(cfn_template_diff *diff)
{
    for (size_t i = 0; i < diff->entry_list.count; i++)
        if (cfn__is_kept(&diff->entries[i], "AWS::RDS::DBClusterParameterGroup") ||
            cfn__is_kept(&diff->entries[i], "AWS::RDS::DBParameterGroup"))
            advise_of_group(diff, &diff->entries[i]);
}
