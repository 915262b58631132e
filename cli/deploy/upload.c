/* Uploads under the hash of what is uploaded, so that the same is uploaded once. */
#include "upload.h"

#include "sha256.h"
#include "stack.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What follows the hash; the folder keeps what cfngen uploads apart. */
static void make_key(sha256 *hash, const char *extension, char key[UPLOAD_KEY_SIZE])
{
    char digits[SHA256_TEXT_SIZE];
    sha256_end(hash, digits);
    snprintf(key, UPLOAD_KEY_SIZE, "cfngen/%s%s", digits, extension);
}

static bool is_there(aws_client *client, const char *bucket, const char *key)
{
    aws_answer answer = aws_ask(
        client,
        &(aws_call){.service = "s3api",
                    .operation = "head-object",
                    .arguments = (const char *const[]){"--bucket", bucket, "--key", key, NULL},
                    .reads_only = true,
                    .answers_nothing = true});
    bool there = answer.outcome == AWS_ANSWERED;
    aws_answer_free(&answer);
    return there;
}

/* `path` or `text` is what is uploaded; the other one is NULL. */
static int put(aws_client *client, const char *bucket, const char *key, const char *path,
               const char *text)
{
    char target[UPLOAD_URL_SIZE], what[2 * UPLOAD_URL_SIZE];
    if (is_there(client, bucket, key))
        return STATUS_CLEAN;
    snprintf(target, sizeof target, "s3://%s/%s", bucket, key);
    snprintf(what, sizeof what, "%s cannot be uploaded to %s", path ? path : "the template",
             target);
    aws_answer answer = aws_ask(
        client,
        &(aws_call){.service = "s3",
                    .operation = "cp",
                    .arguments = (const char *const[]){"-", target, "--only-show-errors", NULL},
                    .upload = path,
                    .upload_text = text,
                    .answers_nothing = true});
    int status = answer.outcome == AWS_ANSWERED ? STATUS_CLEAN : aws_complain(&answer, what);
    aws_answer_free(&answer);
    return status;
}

static bool hash_file(const char *path, sha256 *hash)
{
    char block[65536];
    size_t got;
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    errno = 0;
    while ((got = fread(block, 1, sizeof block, file)) > 0)
        sha256_add(hash, block, got);
    bool good = !ferror(file);
    int error = errno;
    fclose(file);
    errno = error;
    return good;
}

int upload_file(aws_client *client, const char *bucket, const char *path, const char *extension,
                char key[UPLOAD_KEY_SIZE])
{
    sha256 hash;
    sha256_begin(&hash);
    if (!hash_file(path, &hash)) {
        bool folder = errno == EISDIR;
        trouble("%s cannot be read: %s", path, strerror(errno));
        if (folder)
            fputs("  = hint: make a zip of what is in the folder, and name that\n", stderr);
        return STATUS_TROUBLE;
    }
    make_key(&hash, extension, key);
    return put(client, bucket, key, path, NULL);
}

/* The region where the bucket is; the first one has no name here. */
static int find_region(aws_client *client, const char *bucket, char region[64])
{
    char what[UPLOAD_URL_SIZE];
    snprintf(what, sizeof what, "the region of the bucket %s is not known", bucket);
    aws_answer answer =
        aws_ask(client, &(aws_call){.service = "s3api",
                                    .operation = "get-bucket-location",
                                    .arguments = (const char *const[]){"--bucket", bucket, NULL},
                                    .reads_only = true});
    const cfn_node *place = cfn_node_get(answer.root, "LocationConstraint");
    const char *name = cfn_node_kind(place) == CFN_KIND_STRING ? cfn_node_text(place) : "";
    snprintf(region, 64, "%s", !*name ? "us-east-1" : strcmp(name, "EU") == 0 ? "eu-west-1" : name);
    int status = answer.outcome == AWS_ANSWERED ? STATUS_CLEAN : aws_complain(&answer, what);
    aws_answer_free(&answer);
    return status;
}

/* Where the user's aws finds S3, which may be a simulation. */
static const char *endpoint(void)
{
    const char *own = getenv("AWS_ENDPOINT_URL_S3");
    return own && *own ? own : getenv("AWS_ENDPOINT_URL");
}

static void make_url(const char *bucket, const char *key, const char *region,
                     char url[UPLOAD_URL_SIZE])
{
    const char *base = endpoint();
    if (base && *base)
        snprintf(url, UPLOAD_URL_SIZE, "%s/%s/%s", base, bucket, key);
    else
        snprintf(url, UPLOAD_URL_SIZE, "https://s3.%s.amazonaws.com%s/%s/%s", region,
                 strncmp(region, "cn-", 3) == 0 ? ".cn" : "", bucket, key);
}

int upload_template(aws_client *client, const char *bucket, const char *text, size_t length,
                    char url[UPLOAD_URL_SIZE])
{
    char key[UPLOAD_KEY_SIZE], region[64];
    sha256 hash;
    sha256_begin(&hash);
    sha256_add(&hash, text, length);
    make_key(&hash, ".template.json", key);
    int status = put(client, bucket, key, NULL, text);
    if (status == STATUS_CLEAN)
        status = find_region(client, bucket, region);
    if (status == STATUS_CLEAN)
        make_url(bucket, key, region, url);
    return status;
}
