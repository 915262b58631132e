/* The properties of an imaginary construct, one of each kind, for the mistakes in this folder. */
#ifndef MUST_NOT_COMPILE_CONSTRUCT_H
#define MUST_NOT_COMPILE_CONSTRUCT_H

#include <cfngen/value.h>

CFN_HANDLE(imaginary_key);
CFN_HANDLE(imaginary_network);

typedef struct imaginary_props {
    CFN_GUARD
    cfn_str name;
    cfn_int readers;
    cfn_num ratio;
    cfn_bool encrypted;
    cfn_json settings;
    cfn_str_list subnets;
    imaginary_key key;
    imaginary_key_list more_keys;
    cfn_attributes attributes;
} imaginary_props;

imaginary_key some_key(void);
imaginary_network some_network(void);
void imaginary_add(const imaginary_props *props);

#endif
