/* Prints the sizes of the value types, which must be the same for every compiler, in C and C++. */
#include <cfngen/value.h>
#include <stdio.h>

int main(void)
{
    printf("%zu %zu %zu %zu %zu ", sizeof(cfn_str), sizeof(cfn_int), sizeof(cfn_num),
           sizeof(cfn_bool), sizeof(cfn_json));
    printf("%zu %zu %zu\n", sizeof(cfn_str_list), sizeof(cfn_handle), sizeof(cfn_attributes));
    return 0;
}
