/* Writes JSON on one line, member by member, and puts the commas. */
#ifndef CLI_JSON_H
#define CLI_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* Start with {stream}. */
typedef struct cli_json {
    FILE *stream;
    bool comma; /* something stands before the next member */
} cli_json;

/* A key is NULL in a list and at the root. `bracket` is { or [; json_close takes the other one. */
void json_open(cli_json *json, const char *key, char bracket);
void json_close(cli_json *json, char bracket);
void json_text(cli_json *json, const char *key, const char *text);
void json_integer(cli_json *json, const char *key, int64_t value);
void json_number(cli_json *json, const char *key, double value);
void json_boolean(cli_json *json, const char *key, bool value);
void json_null(cli_json *json, const char *key);

/* A number, as short as it can be read back. */
void print_number(FILE *stream, double number);

#endif
