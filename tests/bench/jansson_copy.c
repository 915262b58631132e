/* Reads a JSON file and prints it again with jansson alone: what cfngen is measured against. */
#include <jansson.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    json_error_t error;
    json_t *root = argc == 2 ? json_load_file(argv[1], 0, &error) : NULL;
    if (!root)
        return 1;
    int status = json_dumpf(root, stdout, JSON_INDENT(2));
    json_decref(root);
    return status == 0 ? 0 : 1;
}
