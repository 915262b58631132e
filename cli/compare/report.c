/* The report of a comparison as text, and how far it is. */
#include "compare.h"

#include <string.h>
#include <unistd.h>

/* 1234567 as 1,234,567. */
static const char *grouped(char text[32], uint64_t number)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
    char *to = text;
    for (int i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0)
            *to++ = ',';
        *to++ = digits[i];
    }
    *to = '\0';
    return text;
}

static void print_name(const cfn_compare_table *t)
{
    printf("%s.%s", t->schema, t->name);
    if (strcmp(t->schema, t->target_schema) != 0 || strcmp(t->name, t->target_name) != 0)
        printf(" -> %s.%s", t->target_schema, t->target_name);
}

static void print_words(const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        printf("%s%s", i ? ", " : "", words[i]);
}

static void print_how(const cfn_compare_table *t, cfn_compare_task task)
{
    char rows[32];
    if (task == CFN_COMPARE_PLAN && *t->method) {
        printf("  about %s rows, %zu columns, %s", grouped(rows, t->estimated_rows),
               t->column_count, t->method);
        printf(t->key_count ? " (" : "");
        print_words(t->key, t->key_count);
        printf(t->key_count ? ")" : "");
    } else if (task != CFN_COMPARE_PLAN)
        printf("  %s rows", grouped(rows, t->source_rows));
    if (task != CFN_COMPARE_PLAN && t->source_rows != t->target_rows)
        printf(", %s at the target", grouped(rows, t->target_rows));
    if (task == CFN_COMPARE_CHECK && *t->mode)
        printf(", %s, %.1f s", t->mode, t->seconds);
}

static void print_counts(const cfn_compare_table *t)
{
    if (!t->missing && !t->extra && !t->changed)
        return;
    printf("            %llu missing, %llu extra, %llu changed\n", (unsigned long long)t->missing,
           (unsigned long long)t->extra, (unsigned long long)t->changed);
}

static void print_value(const char *text)
{
    if (!text) {
        printf("NULL");
        return;
    }
    putchar('"');
    for (const char *p = text; *p; p++)
        if ((unsigned char)*p < ' ' || *p == 127)
            printf("\\x%02x", (unsigned)(unsigned char)*p);
        else
            putchar(*p);
    putchar('"');
}

static void print_cells(const cfn_compare_difference *d, bool values)
{
    for (size_t i = 0; i < d->cell_count; i++) {
        const cfn_compare_cell *c = &d->cells[i];
        printf("%s%s (%s)", i ? ", " : "  ", c->column, c->reason);
        if (!values)
            continue;
        printf(" ");
        print_value(c->source);
        printf(" / ");
        print_value(c->target);
    }
}

static void print_difference(const cfn_compare_table *t, const cfn_compare_difference *d,
                             bool values)
{
    printf("            %s ", cfn_compare_change_name(d->change));
    for (size_t i = 0; i < d->key_count; i++) {
        printf(" %s=", t->key_count ? t->key[i] : "hash");
        print_value(d->key[i]);
    }
    if (d->source_count || d->target_count)
        printf("  %llu times, %llu at the target", (unsigned long long)d->source_count,
               (unsigned long long)d->target_count);
    print_cells(d, values);
    putchar('\n');
}

/* Values were asked for when any is there. */
static bool has_values(const cfn_compare_table *t)
{
    for (const cfn_compare_difference *d = t->differences; d; d = d->next)
        for (size_t i = 0; i < d->cell_count; i++)
            if (d->cells[i].source || d->cells[i].target)
                return true;
    return false;
}

static void print_table(const cfn_compare_table *t, cfn_compare_task task)
{
    static const char *const marks[] = {"", "not compared: ", ""};
    printf("%-10s  ", task == CFN_COMPARE_PLAN && t->verdict == CFN_COMPARE_EQUAL
                          ? "ready"
                          : cfn_compare_verdict_name(t->verdict));
    print_name(t);
    print_how(t, task);
    putchar('\n');
    print_counts(t);
    for (const cfn_compare_remark *r = t->remarks; r; r = r->next)
        printf("            %s%s\n", strstr(r->text, "not compared") ? "" : marks[r->kind],
               r->text);
    bool values = has_values(t);
    for (const cfn_compare_difference *d = t->differences; d; d = d->next)
        print_difference(t, d, values);
}

void print_report(const cfn_compare_report *report, cfn_compare_task task)
{
    size_t counts[3] = {0};
    printf("source  %s\ntarget  %s\n\n", report->source, report->target);
    for (size_t i = 0; i < report->table_count; i++) {
        print_table(report->tables[i], task);
        counts[report->tables[i]->verdict]++;
    }
    printf("\n%zu tables: %zu %s, %zu different, %zu incomplete (%.1f s)\n", report->table_count,
           counts[CFN_COMPARE_EQUAL], task == CFN_COMPARE_PLAN ? "ready" : "equal",
           counts[CFN_COMPARE_DIFFERENT], counts[CFN_COMPARE_INCOMPLETE], report->seconds);
}

void show_progress(void *context, const cfn_compare_progress *p)
{
    (void)context;
    double speed = p->seconds > 0.1 ? (double)p->rows / p->seconds : 0;
    double left = speed > 0 && (double)p->table->estimated_rows > (double)p->rows
                      ? ((double)p->table->estimated_rows - (double)p->rows) / speed
                      : 0;
    fprintf(stderr, "\r\033[K%zu/%zu %s.%s: %s, %llu rows, %.0f rows/s, about %.0f s to go",
            p->table_index + 1, p->table_count, p->table->schema, p->table->name, p->stage,
            (unsigned long long)p->rows, speed, left);
}

void end_progress(void)
{
    if (isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr);
}
