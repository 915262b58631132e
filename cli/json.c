/* A small writer of JSON for what commands print with --json. */
#include "json.h"

#include <inttypes.h>
#include <stdlib.h>

static void print_string(FILE *stream, const char *text)
{
    fputc('"', stream);
    for (const char *p = text; *p; p++) {
        if (*p == '"' || *p == '\\')
            fprintf(stream, "\\%c", *p);
        else if ((unsigned char)*p < ' ')
            fprintf(stream, "\\u%04x", (unsigned)(unsigned char)*p);
        else
            fputc(*p, stream);
    }
    fputc('"', stream);
}

static void begin(cli_json *json, const char *key)
{
    if (json->comma)
        fputc(',', json->stream);
    json->comma = true;
    if (key) {
        print_string(json->stream, key);
        fputc(':', json->stream);
    }
}

void json_open(cli_json *json, const char *key, char bracket)
{
    begin(json, key);
    fputc(bracket, json->stream);
    json->comma = false;
}

void json_close(cli_json *json, char bracket)
{
    fputc(bracket, json->stream);
    json->comma = true;
}

void json_text(cli_json *json, const char *key, const char *text)
{
    begin(json, key);
    print_string(json->stream, text);
}

void json_integer(cli_json *json, const char *key, int64_t value)
{
    begin(json, key);
    fprintf(json->stream, "%" PRId64, value);
}

void print_number(FILE *stream, double number)
{
    char text[40];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, number);
        if (strtod(text, NULL) == number)
            break;
    }
    fputs(text, stream);
}

void json_number(cli_json *json, const char *key, double value)
{
    begin(json, key);
    print_number(json->stream, value);
}

void json_boolean(cli_json *json, const char *key, bool value)
{
    begin(json, key);
    fputs(value ? "true" : "false", json->stream);
}

void json_null(cli_json *json, const char *key)
{
    begin(json, key);
    fputs("null", json->stream);
}
