/* XML answers as trees; and what Route 53 and CloudWatch say in them. */
#include "support.h"

#include "base/arena.h"
#include "lambda/cloudwatch.h"
#include "lambda/form.h"
#include "lambda/route53.h"
#include "lambda/timestamp.h"
#include "lambda/xml.h"

static const cfn_node *read_xml(void **state, const char *text)
{
    fixture *f = *state;
    return cfn__read_xml(f->arena, text, strlen(text));
}

/* ---- XML ---- */

static void elements_are_maps_and_texts(void **state)
{
    fixture *f = *state;
    const cfn_node *root =
        read_xml(state, "<?xml version=\"1.0\"?>\n<A xmlns=\"urn:x\">\n  <B> one &amp; two </B>\n"
                        "  <C><D>1</D><D>2</D></C><E/><F>&#65;<![CDATA[<G>]]></F>\n</A>\n");
    const cfn_node *first = cfn__xml_next(cfn_node_get(root, "C"), NULL, "D");
    assert_string_equal(cfn_node_text(cfn_node_get(root, "B")), "one & two");
    assert_string_equal(cfn_node_text(first), "1");
    assert_string_equal(cfn_node_text(cfn__xml_next(NULL, first, "D")), "2");
    assert_null(cfn__xml_next(NULL, cfn_node_next(first), "D"));
    assert_string_equal(cfn_node_text(cfn_node_get(root, "E")), "");
    assert_string_equal(cfn_node_text(cfn_node_get(root, "F")), "A<G>");
    assert_false(cfn_arena_failed(f->arena));
}

static void what_is_no_xml_has_no_tree(void **state)
{
    static const char *const texts[] = {
        "", "text", "<A>", "<A></B>", "<A/><B/>", "{}", "<A>&unknown;</A>", "<A>\xff</A>"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_null(read_xml(state, texts[i]));
}

/* A billion laughs begin with a document type. */
static void a_document_type_is_refused(void **state)
{
    assert_null(read_xml(state, "<!DOCTYPE A [<!ENTITY a \"aaaa\">]><A>&a;</A>"));
    assert_null(read_xml(state, "<!DOCTYPE A SYSTEM \"file:///etc/passwd\"><A/>"));
}

static void what_nests_too_deep_is_refused(void **state)
{
    char text[8 * CFN__DEEPEST_XML + 20];
    for (int depth = CFN__DEEPEST_XML; depth <= CFN__DEEPEST_XML + 1; depth++) {
        size_t length = 0;
        for (int i = 0; i < depth; i++)
            length += (size_t)snprintf(text + length, sizeof text - length, "<A>");
        for (int i = 0; i < depth; i++)
            length += (size_t)snprintf(text + length, sizeof text - length, "</A>");
        if (depth == CFN__DEEPEST_XML)
            assert_non_null(read_xml(state, text));
        else
            assert_null(read_xml(state, text));
    }
}

static void memory_that_runs_out_leaves_no_half_tree(void **state)
{
    cfn_arena *arena = cfn_arena_new();
    (void)state;
    cfn_arena_set_limit(arena, 1);
    cfn__arena_fail(arena);
    assert_null(cfn__read_xml(arena, "<A><B>1</B></A>", 15));
    cfn_arena_free(arena);
}

/* ---- Route 53 ---- */

static const cfn__cutover_settings weighted = {.record = "db.example.com",
                                               .source_host = "old.example.net",
                                               .target_host = "new.example.net",
                                               .ttl = "30",
                                               .source_id = "source",
                                               .target_id = "target",
                                               .is_weighted = true};
static const cfn__cutover_settings simple = {.record = "db.example.com",
                                             .source_host = "old.example.net",
                                             .target_host = "new.example.net",
                                             .ttl = "30"};

#define SET(name, more, host)                                                                      \
    "<ResourceRecordSet><Name>" name "</Name><Type>CNAME</Type>" more                              \
    "<TTL>30</TTL><ResourceRecords><ResourceRecord><Value>" host                                   \
    "</Value></ResourceRecord></ResourceRecords></ResourceRecordSet>"
#define WEIGHT(id, weight) "<SetIdentifier>" id "</SetIdentifier><Weight>" weight "</Weight>"

static int weight_of(void **state, const cfn__cutover_settings *settings, const char *sets)
{
    char text[3000];
    snprintf(text, sizeof text,
             "<ListResourceRecordSetsResponse><ResourceRecordSets>%s</ResourceRecordSets>"
             "</ListResourceRecordSetsResponse>",
             sets);
    const cfn_node *root = read_xml(state, text);
    assert_non_null(root);
    return cfn__weight_of_records(settings, root);
}

static void the_share_is_read_from_both_records(void **state)
{
    assert_int_equal(
        weight_of(state, &weighted,
                  SET("db.example.com.", WEIGHT("source", "80"), "old.example.net")
                      SET("db.example.com.", WEIGHT("target", "20"), "NEW.example.net.")),
        20);
    assert_int_equal(weight_of(state, &weighted,
                               SET("db.example.com.", WEIGHT("source", "1"), "old.example.net") SET(
                                   "db.example.com.", WEIGHT("target", "2"), "new.example.net")),
                     67);
}

static void records_of_others_have_no_share(void **state)
{
    static const char source[] = SET("db.example.com.", WEIGHT("source", "80"), "old.example.net");
    assert_int_equal(weight_of(state, &weighted, ""), -1);
    assert_int_equal(weight_of(state, &weighted, source), -1);
    assert_int_equal(weight_of(state, &weighted,
                               SET("db.example.com.", WEIGHT("source", "0"), "old.example.net") SET(
                                   "db.example.com.", WEIGHT("target", "0"), "new.example.net")),
                     -1);
    assert_int_equal(
        weight_of(state, &weighted,
                  SET("db.example.com.", WEIGHT("source", "80"), "old.example.net")
                      SET("db.example.com.", WEIGHT("target", "20"), "else.example.net")),
        -1);
}

static void one_record_gives_all_or_nothing(void **state)
{
    assert_int_equal(weight_of(state, &simple, SET("db.example.com.", "", "old.example.net")), 0);
    assert_int_equal(weight_of(state, &simple, SET("db.example.com.", "", "new.example.net.")),
                     100);
    assert_int_equal(weight_of(state, &simple, SET("db.example.com.", "", "a.example.net")), -1);
    assert_int_equal(weight_of(state, &simple, SET("dc.example.com.", "", "new.example.net")), -1);
}

static void a_change_is_of_both_records_at_once(void **state)
{
    cfn__buffer body = {0};
    cfn__change_body(&weighted, 20, "why", &body);
    const cfn_node *root = read_xml(state, body.text);
    const cfn_node *changes = cfn_node_find(root, "ChangeBatch/Changes");
    assert_int_equal(cfn_node_size(changes), 2);
    const cfn_node *source = cfn__xml_next(changes, NULL, "Change");
    const cfn_node *target = cfn__xml_next(changes, source, "Change");
    assert_string_equal(cfn_node_text(cfn_node_find(source, "ResourceRecordSet/Weight")), "80");
    assert_string_equal(cfn_node_text(cfn_node_find(target, "ResourceRecordSet/Weight")), "20");
    cfn__buffer_free(&body);
    cfn__change_body(&simple, 100, "why", &body);
    assert_non_null(strstr(body.text, "<Value>new.example.net</Value>"));
    assert_null(strstr(body.text, "Weight"));
    cfn__buffer_free(&body);
}

/* ---- CloudWatch ---- */

static bool points_of(void **state, const char *results, cfn__points *points)
{
    char text[3000];
    snprintf(text, sizeof text,
             "<R><GetMetricDataResult><MetricDataResults>%s</MetricDataResults>"
             "</GetMetricDataResult></R>",
             results);
    return cfn__points_of_answer(read_xml(state, text), 2, points);
}

static void datapoints_come_newest_first_whatever_the_answer_does(void **state)
{
    cfn__points points[2];
    assert_true(points_of(state,
                          "<member><Id>m2</Id><Timestamps><member>2026-11-21T03:01:00Z</member>"
                          "<member>2026-11-21T03:03:00Z</member><member>2026-11-21T03:02:00Z"
                          "</member></Timestamps><Values><member>1</member><member>3.5</member>"
                          "<member>2</member></Values></member>",
                          points));
    assert_int_equal(points[0].count, 0);
    assert_int_equal(points[1].count, 3);
    assert_true(points[1].values[0] == 3.5 && points[1].values[1] == 2 && points[1].values[2] == 1);
    assert_int_equal(points[1].times[0] - points[1].times[1], 60);
}

static void only_the_newest_datapoints_are_kept(void **state)
{
    char text[20000], one[80];
    cfn__points points[1];
    size_t length = (size_t)snprintf(text, sizeof text,
                                     "<R><GetMetricDataResult><MetricDataResults><member><Id>m1"
                                     "</Id><Timestamps>");
    for (int i = 0; i < CFN__MOST_POINTS + 5; i++) {
        cfn__write_timestamp(one, 1700000000 + 60 * i);
        length += (size_t)snprintf(text + length, sizeof text - length, "<member>%s</member>", one);
    }
    length += (size_t)snprintf(text + length, sizeof text - length, "</Timestamps><Values>");
    for (int i = 0; i < CFN__MOST_POINTS + 5; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "<member>%d</member>", i);
    snprintf(text + length, sizeof text - length,
             "</Values></member></MetricDataResults></GetMetricDataResult></R>");
    assert_true(cfn__points_of_answer(read_xml(state, text), 1, points));
    assert_int_equal(points[0].count, CFN__MOST_POINTS);
    assert_true(points[0].values[0] == CFN__MOST_POINTS + 4);
    assert_true(points[0].values[CFN__MOST_POINTS - 1] == 5);
}

static void an_answer_that_is_another_has_no_datapoints(void **state)
{
    cfn__points points[2];
    assert_false(cfn__points_of_answer(read_xml(state, "<R/>"), 2, points));
    assert_false(points_of(state, "<member><Id>m3</Id></member>", points));
    assert_false(points_of(state,
                           "<member><Id>m1</Id><Timestamps><member>2026-11-21T03:01:00Z</member>"
                           "</Timestamps><Values/></member>",
                           points));
    assert_false(points_of(state,
                           "<member><Id>m1</Id><Timestamps><member>now</member></Timestamps>"
                           "<Values><member>1</member></Values></member>",
                           points));
}

/* ---- texts ---- */

static void times_come_out_as_they_went_in(void **state)
{
    static const int64_t times[] = {0, 951782399, 951782400, 1709164800, 1795230000, 4107542400};
    char text[CFN__TIMESTAMP_SIZE];
    int64_t seconds = -1;
    (void)state;
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        cfn__write_timestamp(text, times[i]);
        assert_true(cfn__read_timestamp(text, &seconds));
        assert_int_equal(seconds, times[i]);
    }
    assert_true(cfn__read_timestamp("1970-01-02T00:00:01.250+00:00", &seconds));
    assert_int_equal(seconds, 86401);
    assert_false(cfn__read_timestamp("1970-01-02", &seconds));
    assert_false(cfn__read_timestamp("1970-13-02T00:00:01Z", &seconds));
    assert_false(cfn__read_timestamp("1970-01-02T00:00:01+01:00", &seconds));
    assert_false(cfn__read_timestamp(NULL, &seconds));
}

static void forms_are_encoded(void **state)
{
    cfn__buffer body = {0};
    (void)state;
    cfn__form_add(&body, "Action", "Publish");
    cfn__form_add(&body, "Message", "a b&c=d/\xc3\xa9~");
    assert_string_equal(body.text, "Action=Publish&Message=a%20b%26c%3Dd%2F%C3%A9~");
    cfn__buffer_free(&body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(elements_are_maps_and_texts),
        TEST(what_is_no_xml_has_no_tree),
        TEST(a_document_type_is_refused),
        TEST(what_nests_too_deep_is_refused),
        TEST(memory_that_runs_out_leaves_no_half_tree),
        TEST(the_share_is_read_from_both_records),
        TEST(records_of_others_have_no_share),
        TEST(one_record_gives_all_or_nothing),
        TEST(a_change_is_of_both_records_at_once),
        TEST(datapoints_come_newest_first_whatever_the_answer_does),
        TEST(only_the_newest_datapoints_are_kept),
        TEST(an_answer_that_is_another_has_no_datapoints),
        TEST(times_come_out_as_they_went_in),
        TEST(forms_are_encoded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
