/* Needs libcfncompare. */
#include <cfngen/compare.h>
#include <stdio.h>

int main(void)
{
    puts(cfn_compare_verdict_name((cfn_compare_verdict)0));
    return 0;
}
