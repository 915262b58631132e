/* State machines of Step Functions, written out or as a text. */
#include "stack_support.h"

/* A definition that is written out, as JSON on line 5 from column 19. */
static void define(stack_fixture *t, const char *definition)
{
    char text[8192];
    snprintf(text, sizeof text,
             "Resources:\n"
             "  M:\n"
             "    Type: AWS::StepFunctions::StateMachine\n"
             "    Properties: {RoleArn: 'arn:aws:iam::111122223333:role/r',\n"
             "      Definition: %s}\n",
             definition);
    restart(t, &(cfn_stack_options){.suffix = "s1"});
    synth(t, text);
}

/* One that is a text; `properties` stand beside it. */
static void define_text(stack_fixture *t, const char *text, const char *properties)
{
    char file[8192];
    snprintf(file, sizeof file,
             "Resources:\n"
             "  M:\n"
             "    Type: AWS::StepFunctions::StateMachine\n"
             "    Properties:\n"
             "      RoleArn: arn:aws:iam::111122223333:role/r\n"
             "      DefinitionString: %s\n%s",
             text, properties);
    restart(t, &(cfn_stack_options){.suffix = "s1"});
    synth(t, file);
}

/* The members of a state A that is the whole machine. */
static void state(stack_fixture *t, const char *members)
{
    char text[4096];
    snprintf(text, sizeof text, "{StartAt: A, States: {A: {%s}}}", members);
    define(t, text);
}

static void assert_good(stack_fixture *t, const char *members)
{
    state(t, members);
    assert_found(&t->f, "");
}

static void assert_bad(stack_fixture *t, const char *members, const char *said)
{
    state(t, members);
    assert_said(&t->f, said);
}

#define TASK "Type: Task, Resource: 'arn:aws:states:::lambda:invoke'"

/* ---- where states lead ---- */

static void every_type_of_state_is_known(void **given)
{
    define((stack_fixture *)*given,
           "{StartAt: T, Comment: all, TimeoutSeconds: 60, States: {"
           "T: {" TASK ", TimeoutSeconds: 5, HeartbeatSeconds: 2, Next: P, ResultSelector: "
           "{'a.$': $.b}, ResultPath: $.r},"
           "P: {Type: Pass, Result: {x: 1}, Next: W},"
           "W: {Type: Wait, Seconds: 3, Next: L},"
           "L: {Type: Parallel, Next: M, Branches: [{StartAt: B, States: {B: {Type: Succeed}}}]},"
           "M: {Type: Map, ItemsPath: $.x, MaxConcurrency: 2, Next: C, ItemProcessor: {StartAt: I, "
           "States: {I: {Type: Pass, End: true}}}},"
           "C: {Type: Choice, Default: F, Choices: [{Variable: $.x, IsPresent: true, Next: S}]},"
           "S: {Type: Succeed}, F: {Type: Fail, Error: E, Cause: none}}}");
    assert_found(&((stack_fixture *)*given)->f, "");
}

static void a_transition_leads_to_a_state_of_the_same_scope(void **given)
{
    stack_fixture *t = *given;
    define(t, "{StartAt: Load, States: {Load: {Type: Pass, Next: Chek}, Check: {Type: Succeed}}}");
    assert_found(&t->f, "CFN3142 5:69, CFN3143 5:83");
    assert_said(&t->f, "the state Load leads to Chek, and there is no such state here");
    assert_said(&t->f, "did you mean Check?");
    define(t, "{StartAt: L, States: {S: {Type: Succeed}, L: {Type: Parallel, End: true, Branches: "
              "[{StartAt: B, States: {B: {Type: Pass, Next: S}}}]}}}");
    assert_said(&t->f, "the state B leads to S");
}

static void the_first_state_is_there(void **given)
{
    stack_fixture *t = *given;
    define(t, "{StartAt: B, States: {A: {Type: Succeed}}}");
    assert_found(&t->f, "CFN3142 5:29");
    define(t, "{States: {A: {Type: Succeed}}}");
    assert_said(&t->f, "needs StartAt");
    define(t, "{StartAt: A}");
    assert_said(&t->f, "needs States");
    define(t, "{StartAt: A, States: {}}");
    assert_said(&t->f, "needs States");
}

static void a_state_that_nothing_leads_to_is_told(void **given)
{
    stack_fixture *t = *given;
    define(t, "{StartAt: A, States: {A: {Type: Succeed}, B: {Type: Pass, Next: C}, C: {Type: Pass, "
              "Next: B}}}");
    assert_found(&t->f, "CFN3143 5:64, CFN3143 5:90");
}

static void choices_and_catchers_lead_somewhere_too(void **given)
{
    stack_fixture *t = *given;
    define(t,
           "{StartAt: A, States: {A: {" TASK ", Next: C, Catch: [{ErrorEquals: [States.ALL], "
           "Next: X}]}, X: {Type: Fail}, C: {Type: Choice, Default: D, Choices: [{Variable: $.a, "
           "NumericEquals: 1, Next: E}]}, D: {Type: Succeed}, E: {Type: Succeed}}}");
    assert_found(&t->f, "");
}

static void a_transition_that_a_function_gives_is_let_through(void **given)
{
    stack_fixture *t = *given;
    define(t, "{StartAt: A, States: {A: {Type: Pass, Next: !Ref 'AWS::StackName'}, B: {Type: "
              "Succeed}}}");
    assert_found(&t->f, "");
}

static void a_state_goes_on_or_ends(void **given)
{
    stack_fixture *t = *given;
    assert_bad(t, "Type: Pass", "CFN3144: the state A has neither Next nor End");
    assert_bad(t, "Type: Pass, End: false", "CFN3144");
    assert_bad(t, "Type: Pass, End: true, Next: A", "CFN3144: the state A has Next and End");
    assert_bad(t, "Type: Succeed, End: true", "the state A has no End");
    assert_bad(t, "Type: Choice, Next: A, Choices: [{Variable: $.x, IsNull: true, Next: A}]",
               "the state A has no Next");
}

static void names_are_unique_and_short(void **given)
{
    stack_fixture *t = *given;
    define(t, "{StartAt: A, States: {A: {Type: Parallel, End: true, Branches: [{StartAt: A, "
              "States: {A: {Type: Succeed}}}]}}}");
    assert_said(&t->f, "CFN3141: there are two states A");
    define(t, "{StartAt: A123456789012345678901234567890123456789012345678901234567890123456789012"
              "34567890, States: {A1234567890123456789012345678901234567890123456789012345678901234"
              "5678901234567890: {Type: Succeed}}}");
    assert_said(&t->f, "has more than 80 characters");
}

/* ---- fields ---- */

static void a_state_has_the_fields_of_its_type(void **given)
{
    stack_fixture *t = *given;
    assert_bad(t, "Type: Pass, End: true, Resourse: x", "CFN3141: the state A has no Resourse");
    assert_bad(t, "Type: Pass, End: true, Branches: []", "the state A has no Branches");
    assert_bad(t, "Type: Task, End: true", "the state A needs Resource");
    assert_bad(t, "Type: Taks, End: true", "did you mean Task?");
    assert_bad(t, "End: true", "the state A needs a Type");
    assert_bad(t, "Type: Wait, End: true", "the state A needs Seconds");
    assert_bad(t, "Type: Wait, Seconds: 1, SecondsPath: $.x, End: true",
               "Seconds and SecondsPath exclude each other");
    assert_bad(t, "Type: Map, End: true", "the state A needs ItemProcessor");
}

static void a_field_holds_what_it_must(void **given)
{
    stack_fixture *t = *given;
    assert_bad(t, "Type: Wait, Seconds: -1, End: true", "Seconds is a whole number");
    assert_bad(t, "Type: Wait, Seconds: soon, End: true", "Seconds is a whole number");
    assert_bad(t, "Type: Pass, End: 1", "End is true or false");
    assert_bad(t, "Type: Choice, Choices: {}", "Choices is a list");
    define(t, "{StartAt: A, States: {A: x}}");
    assert_said(&t->f, "the state A is a mapping, not a string");
}

static void paths_begin_with_a_dollar(void **given)
{
    stack_fixture *t = *given;
    assert_good(t, "Type: Pass, End: true, InputPath: $.a.b, OutputPath: '$$.Execution'");
    assert_good(t, "Type: Pass, End: true, ResultPath: '$.a[0]'");
    assert_good(t, "Type: Pass, End: true, Parameters: {'a.$': '$[0]', 'b.$': "
                   "\"States.Format('{}', $.x)\", c: {'d.$': '$$.Map'}}");
    assert_bad(t, "Type: Pass, End: true, InputPath: a.b",
               "CFN3147: the state A: InputPath is a path");
    assert_bad(t, "Type: Pass, End: true, ResultPath: '$.a[*]'",
               "ResultPath is a path to one place");
    assert_bad(t, "Type: Pass, End: true, ResultPath: '$$.a'", "ResultPath is a path to one place");
    assert_bad(t, "Type: Pass, End: true, Parameters: {c: {'d.$': x}}",
               "d.$ holds neither a path nor a function");
}

static void jsonata_has_fields_of_its_own(void **given)
{
    stack_fixture *t = *given;
    assert_good(t, "QueryLanguage: JSONata, " TASK ", End: true, Arguments: {a: '{% $x %}'}, "
                   "Output: '{% $states.result %}', TimeoutSeconds: '{% 1 + 2 %}'");
    assert_bad(t, "QueryLanguage: JSONata, Type: Pass, End: true, ResultPath: $.x",
               "CFN3147: the state A: ResultPath belongs to JSONPath");
    assert_bad(t, "Type: Pass, End: true, Output: x", "Output belongs to JSONata");
    assert_bad(t, "QueryLanguage: JSONata, Type: Wait, Seconds: '{% 3', End: true",
               "the expression in Seconds does not end in %}");
    assert_bad(t, "Type: Wait, Seconds: '{% 3 %}', End: true", "say QueryLanguage: JSONata");
    define(t,
           "{QueryLanguage: JSONata, StartAt: A, States: {A: {Type: Choice, Default: B, Choices: "
           "[{Condition: '{% $x = 1 %}', Next: B}, {Next: B}]}, B: {Type: Succeed}}}");
    assert_found(&t->f, "CFN3145 5:143");
}

static void a_distributed_map_is_limited(void **given)
{
    stack_fixture *t = *given;
#define DISTRIBUTED                                                                                \
    "Type: Map, End: true, ItemProcessor: {ProcessorConfig: {Mode: DISTRIBUTED, ExecutionType: "   \
    "STANDARD}, StartAt: I, States: {I: {Type: Succeed}}}"
    assert_bad(t, DISTRIBUTED, "warning CFN4601");
    assert_bad(t, DISTRIBUTED ", MaxConcurrency: 0", "warning CFN4601");
    assert_good(t, DISTRIBUTED ", MaxConcurrency: 4");
    assert_good(t, DISTRIBUTED ", MaxConcurrencyPath: $.most");
}

/* ---- choices, retriers, catchers ---- */

static void assert_rule(stack_fixture *t, const char *rule, const char *said)
{
    char text[1024];
    snprintf(text, sizeof text,
             "{StartAt: C, States: {C: {Type: Choice, Default: S, Choices: [{%s}]}, S: {Type: "
             "Succeed}}}",
             rule);
    define(t, text);
    if (said)
        assert_said(&t->f, said);
    else
        assert_found(&t->f, "");
}

static void a_rule_of_a_choice_compares_once(void **given)
{
    stack_fixture *t = *given;
    assert_rule(t, "Variable: $.x, StringEquals: a, Next: S", NULL);
    assert_rule(t, "Variable: $.x, NumericLessThanEqualsPath: $.y, Next: S", NULL);
    assert_rule(t, "Variable: $.x, StringMatches: 'a*', Next: S", NULL);
    assert_rule(t, "Not: {Variable: $.x, IsTimestamp: true}, Next: S", NULL);
    assert_rule(t,
                "And: [{Variable: $.x, BooleanEquals: true}, {Or: [{Variable: $.y, IsNull: "
                "false}]}], Next: S",
                NULL);
    assert_rule(t, "Variable: $.x, StringEquals: a", "CFN3145: the state C: a rule needs Next");
    assert_rule(t, "Variable: $.x, Next: S", "this one does so 0 times");
    assert_rule(t, "Variable: $.x, IsNull: true, IsPresent: true, Next: S", "does so 2 times");
    assert_rule(t, "IsNull: true, Next: S", "needs the Variable");
    assert_rule(t, "Variable: $.x, Not: {Variable: $.x, IsNull: true}, Next: S",
                "no Variable of their own");
    assert_rule(t, "Not: {Variable: $.x, IsNull: true, Next: S}, Next: S",
                "Next belongs to the outermost rule");
    assert_rule(t, "And: [], Next: S", "And is a list of rules");
    assert_rule(t, "Variable: $.x, StringEqual: a, Next: S", "did you mean StringEquals?");
    assert_rule(t, "Variable: $.x, StringMatchesPath: $.y, Next: S", "no StringMatchesPath");
    assert_rule(t, "Variable: $.x, NumericEquals: a, Next: S", "NumericEquals is a number");
    assert_rule(t, "Variable: x, NumericEquals: 1, Next: S", "Variable is a path");
}

static void a_choice_has_rules(void **given)
{
    assert_bad(*given, "Type: Choice, Choices: []", "CFN3145: the state A has no rules");
}

static void a_retrier_is_within_its_limits(void **given)
{
    stack_fixture *t = *given;
    assert_good(t, TASK ", End: true, Retry: [{ErrorEquals: [Lambda.TooManyRequestsException], "
                        "IntervalSeconds: 2, MaxAttempts: 0, BackoffRate: 1.5, MaxDelaySeconds: "
                        "60, JitterStrategy: FULL}, {ErrorEquals: [States.ALL]}]");
    assert_bad(t, TASK ", End: true, Retry: [{IntervalSeconds: 2}]",
               "a retrier of the state A needs "
               "ErrorEquals");
    assert_bad(t, TASK ", End: true, Retry: [{ErrorEquals: [E], IntervalSeconds: 0}]",
               "CFN3146: the state A: IntervalSeconds is from 1");
    assert_bad(t, TASK ", End: true, Retry: [{ErrorEquals: [E], BackoffRate: 0.5}]",
               "BackoffRate is from 1");
    assert_bad(t, TASK ", End: true, Retry: [{ErrorEquals: [E], JitterStrategy: full}]",
               "FULL or NONE");
    assert_bad(t, TASK ", End: true, Retry: [{ErrorEquals: [E], Next: A}]",
               "a retrier of the state A has no Next");
    assert_bad(t, TASK ", End: true, Retry: [{ErrorEquals: []}]", "names no error");
    assert_bad(t, TASK ", End: true, Retry: [x]", "a retrier is a mapping");
}

static void all_errors_stand_alone_and_last(void **given)
{
    stack_fixture *t = *given;
    assert_bad(t, TASK ", End: true, Retry: [{ErrorEquals: [States.ALL, E]}]",
               "States.ALL stands alone");
    assert_bad(t, TASK ", End: true, Retry: [{ErrorEquals: [States.ALL]}, {ErrorEquals: [E]}]",
               "hides those that follow");
    assert_bad(t, TASK ", End: true, Retry: [{ErrorEquals: [States.Timeuot]}]",
               "did you mean States.Timeout?");
}

static void a_catcher_leads_to_a_state(void **given)
{
    stack_fixture *t = *given;
    assert_bad(t, TASK ", End: true, Catch: [{ErrorEquals: [E]}]",
               "a catcher of the state A needs Next");
    assert_bad(t, TASK ", End: true, Catch: [{ErrorEquals: [E], Next: B}]", "CFN3142");
    assert_bad(t, TASK ", End: true, Catch: [{ErrorEquals: [E], Next: A, MaxAttempts: 1}]",
               "a catcher of the state A has no MaxAttempts");
}

/* ---- definitions that are texts ---- */

static void a_text_is_read_as_a_definition(void **given)
{
    stack_fixture *t = *given;
    define_text(t, "'{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\"}}}'", "");
    assert_found(&t->f, "CFN3144 6:25");
    define_text(t,
                "|\n        {\"StartAt\": \"A\", \"States\": {\n          \"A\": {\"Type\": "
                "\"Succeed\"},\n          \"B\": {\"Type\": \"Succeed\"}}}",
                "");
    assert_said(&t->f, "CFN3143: line 3 of the text: nothing leads to the state B");
}

static void a_text_that_is_no_json_is_told(void **given)
{
    stack_fixture *t = *given;
    define_text(t, "'{\"StartAt\": }'", "");
    assert_said(&t->f, "CFN3141: the definition cannot be read: line 1, column 13");
}

static void a_scalar_in_a_text_is_of_its_kind(void **given)
{
    stack_fixture *t = *given;
    define_text(
        t,
        "'{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Wait\",\"Seconds\":\"3\",\"End\":"
        "true}}}'",
        "");
    assert_said(&t->f, "Seconds is a whole number");
}

static void substitutions_stand_for_anything(void **given)
{
    stack_fixture *t = *given;
    define_text(t,
                "'{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Task\",\"Resource\":\"${Arn}\","
                "\"TimeoutSeconds\":${Most},\"End\":true}}}'",
                "      DefinitionSubstitutions: {Arn: x, Most: 5}\n");
    assert_found(&t->f, "");
}

static void a_substitution_that_is_not_there_is_told(void **given)
{
    stack_fixture *t = *given;
    define_text(
        t,
        "'{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Task\",\"Resource\":\"${Function}\","
        "\"End\":true}}}'",
        "      DefinitionSubstitutions: {Functoin: x}\n");
    assert_found(&t->f, "CFN3148 6:25");
    assert_said(&t->f, "did you mean Functoin?");
}

static void variables_of_a_sub_are_no_substitutions(void **given)
{
    stack_fixture *t = *given;
    define_text(t,
                "!Sub '{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Task\",\"Resource\":"
                "\"arn:${AWS::Partition}:states:::lambda:invoke\",\"End\":true}}}'",
                "");
    assert_found(&t->f, "");
    define_text(t,
                "!Sub ['{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Task\",\"Resource\":"
                "\"${!F}${X}\",\"End\":true}}}', {X: y}]",
                "");
    assert_said(&t->f, "DefinitionSubstitutions has no F");
}

static void joined_texts_are_read_as_one(void **given)
{
    stack_fixture *t = *given;
    define_text(
        t,
        "!Join ['', ['{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Task\",\"Resource\":\"', "
        "!Ref 'AWS::StackId', '\",\"End\":true},\"B\":{\"Type\":\"Succeed\"}}}']]",
        "");
    assert_found(&t->f, "CFN3143 6:25");
}

static void a_text_that_is_not_known_is_let_through(void **given)
{
    stack_fixture *t = *given;
    define_text(t, "!Ref Given", "Parameters: {Given: {Type: String}}\n");
    assert_found(&t->f, "");
    define_text(t, "'{{resolve:ssm:machine}}'", "");
    assert_found(&t->f, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(every_type_of_state_is_known),
        STACK_TEST(a_transition_leads_to_a_state_of_the_same_scope),
        STACK_TEST(the_first_state_is_there),
        STACK_TEST(a_state_that_nothing_leads_to_is_told),
        STACK_TEST(choices_and_catchers_lead_somewhere_too),
        STACK_TEST(a_transition_that_a_function_gives_is_let_through),
        STACK_TEST(a_state_goes_on_or_ends),
        STACK_TEST(names_are_unique_and_short),
        STACK_TEST(a_state_has_the_fields_of_its_type),
        STACK_TEST(a_field_holds_what_it_must),
        STACK_TEST(paths_begin_with_a_dollar),
        STACK_TEST(jsonata_has_fields_of_its_own),
        STACK_TEST(a_distributed_map_is_limited),
        STACK_TEST(a_rule_of_a_choice_compares_once),
        STACK_TEST(a_choice_has_rules),
        STACK_TEST(a_retrier_is_within_its_limits),
        STACK_TEST(all_errors_stand_alone_and_last),
        STACK_TEST(a_catcher_leads_to_a_state),
        STACK_TEST(a_text_is_read_as_a_definition),
        STACK_TEST(a_text_that_is_no_json_is_told),
        STACK_TEST(a_scalar_in_a_text_is_of_its_kind),
        STACK_TEST(substitutions_stand_for_anything),
        STACK_TEST(a_substitution_that_is_not_there_is_told),
        STACK_TEST(variables_of_a_sub_are_no_substitutions),
        STACK_TEST(joined_texts_are_read_as_one),
        STACK_TEST(a_text_that_is_not_known_is_let_through),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
