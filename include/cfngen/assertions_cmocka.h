/* Assertions about templates in cmocka's tests; include <cmocka.h> before.
 *
 *     static void backups_are_kept_for_a_week(void **state)
 *     {
 *         assert_holds(cfn_assert_has_properties(*state, "AWS::RDS::DBCluster",
 *                                                "BackupRetentionPeriod: 7"));
 *     }
 *
 * Nothing of this is compiled into the library. */
#ifndef CFNGEN_ASSERTIONS_CMOCKA_H
#define CFNGEN_ASSERTIONS_CMOCKA_H

#include <cfngen/assertions.h>
#include <stdio.h>

/* Fails the test, and says why, when the verdict does not hold. */
#define assert_holds(verdict)                                                                      \
    do {                                                                                           \
        cfn_verdict cfn_verdict_ = (verdict);                                                      \
        if (!cfn_verdict_.holds) {                                                                 \
            fputs(cfn_verdict_.text, stderr);                                                      \
            fail();                                                                                \
        }                                                                                          \
    } while (0)

/* The options with which snapshots are written when the environment asks for it. */
#define CFN_CMOCKA_OPTIONS                                                                         \
    (&(cfn_assertions_options){.update_snapshots = cfn_assertions_wants_update()})

#endif
