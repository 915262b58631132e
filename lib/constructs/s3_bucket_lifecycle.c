/* The lifecycle rules of Cfngen::S3::Bucket: their table, their checks, their expansion. */
#include "base/text.h"
#include "constructs/s3_bucket.h"

#include <string.h>

typedef aws_s3_Bucket_LifecycleConfiguration_Rules made_rule;
typedef aws_s3_Bucket_LifecycleConfiguration_Rules_Transition made_transition;
typedef aws_s3_Bucket_LifecycleConfiguration_Rules_NoncurrentVersionTransition made_noncurrent;
typedef aws_s3_Bucket_LifecycleConfiguration_Rules_NoncurrentVersionExpiration made_expiration;
typedef aws_s3_Bucket_LifecycleConfiguration_Rules_AbortIncompleteMultipartUpload made_abort;

/* Objects go down this list and never up again.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
 */
static const struct {
    const char *name;
    int64_t least; /* days, of the object when it comes and in the class before it moves on */
} classes[] = {
    {"STANDARD_IA", 30}, {"INTELLIGENT_TIERING", 0}, {"ONEZONE_IA", 30}, {"GLACIER_IR", 0},
    {"GLACIER", 0},      {"DEEP_ARCHIVE", 0},
};
static const char *const class_names[] = {
    "STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR",
    "GLACIER",     "DEEP_ARCHIVE",        NULL};

/* ---- checks ---- */

/* A list of transitions, and where it and what ends it are written. */
typedef struct chain {
    const char *transitions, *expiration; /* paths */
    const cfn_s3_transition_list *list;
    cfn_int end;
} chain;

static bool is_number(cfn_int value)
{
    return value.expression.form == CFN_LITERAL;
}

/* CFN__COUNT(classes) when it is not known. */
static size_t class_of(cfn_str value)
{
    const char *text = cfn__literal(value);
    size_t i = 0;
    while (i < CFN__COUNT(classes) && !(text && strcmp(text, classes[i].name) == 0))
        i++;
    return i;
}

static void check_after(cfn__expansion *x, const cfn__construct *c, const char *path,
                        const cfn_s3_transition *before, const cfn_s3_transition *after)
{
    cfn_arena *arena = c->make.arena;
    size_t from = class_of(before->storage_class), to = class_of(after->storage_class);
    bool known = from < CFN__COUNT(classes) && to < CFN__COUNT(classes);
    if (known && to <= from) {
        cfn__report_property(x, c, cfn__format(arena, "%s/StorageClass", path), CFN4801,
                             "objects do not go from %s to %s", classes[from].name,
                             classes[to].name);
        cfn__hint(cfn__expansion_diagnostics(x), "the order is STANDARD_IA, INTELLIGENT_TIERING, "
                                                 "ONEZONE_IA, GLACIER_IR, GLACIER, DEEP_ARCHIVE");
    }
    if (!known || !is_number(before->days) || !is_number(after->days))
        return;
    int64_t stay = classes[from].least ? classes[from].least : 1;
    int64_t earliest = before->days.value + stay;
    if (after->days.value >= earliest)
        return;
    cfn__report_property(x, c, cfn__format(arena, "%s/Days", path), CFN4801,
                         "objects stay in %s for %lld days at least", classes[from].name,
                         (long long)stay);
    cfn__hint(cfn__expansion_diagnostics(x), "write %lld or more", (long long)earliest);
}

static void check_chain(cfn__expansion *x, const cfn__construct *c, const chain *of)
{
    const cfn_s3_transition *last = NULL;
    for (size_t i = 0; i < of->list->count; i++) {
        const cfn_s3_transition *transition = &of->list->items[i];
        const char *path = cfn__format(c->make.arena, "%s/%zu", of->transitions, i);
        size_t class = class_of(transition->storage_class);
        if (class < CFN__COUNT(classes) && is_number(transition->days) &&
            transition->days.value < classes[class].least) {
            cfn__report_property(x, c, cfn__format(c->make.arena, "%s/Days", path), CFN4801,
                                 "%s takes objects of %lld days and more", classes[class].name,
                                 (long long)classes[class].least);
            cfn__hint(cfn__expansion_diagnostics(x),
                      "wait that long, or choose GLACIER_IR, which takes them at once");
        } else if (last) {
            check_after(x, c, path, last, transition);
        }
        last = transition;
    }
    if (!last || !is_number(last->days) || !is_number(of->end) || of->end.value > last->days.value)
        return;
    int64_t earliest = last->days.value + 1;
    cfn__report_property(x, c, of->expiration, CFN4801,
                         "objects would be gone before their last transition, after %lld days",
                         (long long)last->days.value);
    cfn__hint(cfn__expansion_diagnostics(x), "write %lld or more, or take the transition out",
              (long long)earliest);
}

static bool does_nothing(const cfn_s3_lifecycle_rule *rule)
{
    return !rule->transitions.count && !rule->noncurrent_transitions.count &&
           !cfn__is_set(rule->expiration_in_days.expression) &&
           !cfn__is_set(rule->noncurrent_expiration_in_days.expression);
}

/* In a versioned bucket what expires gets a delete marker, and stays as an older version.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-expire-general-considerations.html
 */
static bool frees_nothing(const cfn_s3_bucket_props *props, const cfn_s3_lifecycle_rule *rule)
{
    return cfn__is_set(rule->expiration_in_days.expression) &&
           !cfn__is_set(rule->noncurrent_expiration_in_days.expression) &&
           !cfn__is_set(props->noncurrent_expiration_in_days.expression);
}

static void check_id(cfn__expansion *x, const cfn__construct *c, size_t index)
{
    const cfn_s3_lifecycle_rule *rules =
        ((const cfn_s3_bucket_props *)c->props)->lifecycle_rules.items;
    const char *id = cfn__literal(rules[index].id);
    bool taken = id && strcmp(id, "Housekeeping") == 0;
    for (size_t i = 0; id && i < index; i++) {
        const char *other = cfn__literal(rules[i].id);
        taken |= other && strcmp(id, other) == 0;
    }
    if (!taken)
        return;
    cfn__report_property(x, c, cfn__format(c->make.arena, "LifecycleRules/%zu/Id", index), CFN4801,
                         "another rule is called %s already", id);
    cfn__hint(cfn__expansion_diagnostics(x), "use another name, or leave Id out");
}

void cfn__check_s3_lifecycle(cfn__expansion *x, const cfn__construct *c)
{
    const cfn_s3_bucket_props *props = c->props;
    cfn_arena *arena = c->make.arena;
    for (size_t i = 0; i < props->lifecycle_rules.count; i++) {
        const cfn_s3_lifecycle_rule *rule = &props->lifecycle_rules.items[i];
        const char *path = cfn__format(arena, "LifecycleRules/%zu", i);
        check_id(x, c, i);
        check_chain(x, c,
                    &(chain){cfn__format(arena, "%s/Transitions", path),
                             cfn__format(arena, "%s/ExpirationInDays", path), &rule->transitions,
                             rule->expiration_in_days});
        check_chain(x, c,
                    &(chain){cfn__format(arena, "%s/NoncurrentTransitions", path),
                             cfn__format(arena, "%s/NoncurrentExpirationInDays", path),
                             &rule->noncurrent_transitions, rule->noncurrent_expiration_in_days});
        if (does_nothing(rule)) {
            cfn__report_property(x, c, path, CFN4801, "S3 refuses a rule that does nothing");
            cfn__hint(cfn__expansion_diagnostics(x),
                      "give it Transitions or ExpirationInDays, or take it out");
        }
        if (frees_nothing(props, rule)) {
            cfn__report_property(x, c, cfn__format(arena, "%s/ExpirationInDays", path), CFN4803,
                                 "what expires is kept as an older version, for ever");
            cfn__hint(cfn__expansion_diagnostics(x), "add NoncurrentExpirationInDays");
        }
    }
}

/* ---- expansion ---- */

static void make_transitions(cfn_arena *arena, const cfn_s3_transition_list *list, made_rule *rule)
{
    made_transition *made = cfn__alloc(arena, (list->count + 1) * sizeof *made);
    for (size_t i = 0; made && i < list->count; i++)
        made[i] = (made_transition){.StorageClass = list->items[i].storage_class,
                                    .TransitionInDays = list->items[i].days};
    rule->Transitions.items = made;
    rule->Transitions.count = made ? list->count : 0;
}

static void make_noncurrent(cfn_arena *arena, const cfn_s3_transition_list *list, made_rule *rule)
{
    made_noncurrent *made = cfn__alloc(arena, (list->count + 1) * sizeof *made);
    for (size_t i = 0; made && i < list->count; i++)
        made[i] = (made_noncurrent){.StorageClass = list->items[i].storage_class,
                                    .TransitionInDays = list->items[i].days};
    rule->NoncurrentVersionTransitions.items = made;
    rule->NoncurrentVersionTransitions.count = made ? list->count : 0;
}

static const made_expiration *noncurrent_expiration(cfn_arena *arena, cfn_int days)
{
    made_expiration *made = cfn__is_set(days.expression) ? cfn__alloc(arena, sizeof *made) : NULL;
    if (made)
        *made = (made_expiration){.NoncurrentDays = days};
    return made;
}

/* An intrinsic that says whether a rule is on cannot stand in Status: it is decided at synth. */
static made_rule make_rule(const cfn__construct *c, const cfn_s3_lifecycle_rule *rule)
{
    cfn_arena *arena = c->make.arena;
    bool on = cfn__bool_or(rule->enabled, true).value;
    made_rule made = {
        .ExpirationInDays = rule->expiration_in_days,
        .Id = rule->id,
        .NoncurrentVersionExpiration =
            noncurrent_expiration(arena, rule->noncurrent_expiration_in_days),
        .Prefix = rule->prefix,
        .Status = cfn_s(on ? "Enabled" : "Disabled"),
    };
    if (rule->transitions.count)
        make_transitions(arena, &rule->transitions, &made);
    if (rule->noncurrent_transitions.count)
        make_noncurrent(arena, &rule->noncurrent_transitions, &made);
    return made;
}

/* Parts of uploads that were never finished are not seen in any list, and are paid for. */
static made_rule housekeeping(const cfn__construct *c)
{
    const cfn_s3_bucket_props *props = c->props;
    made_abort *abort = cfn__alloc(c->make.arena, sizeof *abort);
    if (abort)
        *abort = (made_abort){.DaysAfterInitiation =
                                  cfn__int_or(props->abort_incomplete_uploads_in_days, 7)};
    return (made_rule){
        .AbortIncompleteMultipartUpload = abort,
        .Id = cfn_s("Housekeeping"),
        .NoncurrentVersionExpiration =
            noncurrent_expiration(c->make.arena, props->noncurrent_expiration_in_days),
        .Status = cfn_s("Enabled"),
    };
}

const aws_s3_Bucket_LifecycleConfiguration *cfn__s3_lifecycle(const cfn__construct *c)
{
    const cfn_s3_bucket_props *props = c->props;
    size_t count = props->lifecycle_rules.count;
    aws_s3_Bucket_LifecycleConfiguration *made = cfn__alloc(c->make.arena, sizeof *made);
    made_rule *rules = cfn__alloc(c->make.arena, (count + 1) * sizeof *rules);
    if (!made || !rules)
        return NULL;
    for (size_t i = 0; i < count; i++)
        rules[i] = make_rule(c, &props->lifecycle_rules.items[i]);
    rules[count] = housekeeping(c);
    *made = (aws_s3_Bucket_LifecycleConfiguration){.Rules = {.items = rules, .count = count + 1}};
    return made;
}

/* ---- tables ---- */

enum { LONGEST = 36500 }; /* days: a hundred years */

#define ROW(kind, name, member) CFN__ROW(cfn_s3_transition, kind, name, member)
static const cfn__field transition_fields[] = {
    {ROW(STR, "StorageClass", storage_class), .flags = CFN__REQUIRED, .values = class_names,
     .doc = "Where they go."},
    {ROW(INT, "Days", days), .also = "TransitionInDays", .flags = CFN__REQUIRED, .max = LONGEST,
     .doc = "How old they are then; for older versions, how long they have been that."},
};
#undef ROW
static const cfn_record transition_record =
    CFN__RECORD("a transition", cfn_s3_transition, transition_fields);

#define ROW(kind, name, member) CFN__ROW(cfn_s3_lifecycle_rule, kind, name, member)
static const cfn__field rule_fields[] = {
    {ROW(STR, "Id", id), .default_text = "one that S3 makes", .doc = "What the rule is called."},
    {ROW(STR, "Prefix", prefix), .default_text = "the whole bucket",
     .doc = "How the keys of its objects begin."},
    {ROW(BOOL, "Enabled", enabled), .also = "Status", .flags = CFN__SYNTH_TIME,
     .default_text = "true", .doc = "Whether it is on."},
    {ROW(RECORD_LIST, "Transitions", transitions), .also = "Transition",
     .base.record = &transition_record,
     .doc = "When objects move to cheaper classes, in the order in which they do."},
    {ROW(INT, "ExpirationInDays", expiration_in_days), .also = "Expiration", .min = 1,
     .max = LONGEST, .doc = "When they are deleted: the version becomes an older one."},
    {ROW(RECORD_LIST, "NoncurrentTransitions", noncurrent_transitions),
     .also = "NoncurrentVersionTransitions", .base.record = &transition_record,
     .doc = "The same for versions that are not the current one."},
    {ROW(INT, "NoncurrentExpirationInDays", noncurrent_expiration_in_days),
     .also = "NoncurrentVersionExpiration NoncurrentVersionExpirationInDays NoncurrentDays",
     .min = 1, .max = LONGEST, .doc = "When these are deleted for good."},
};
#undef ROW
const cfn_record cfn__s3_lifecycle_rule_record =
    CFN__RECORD("a lifecycle rule", cfn_s3_lifecycle_rule, rule_fields);
