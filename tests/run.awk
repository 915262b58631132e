# Reads what one suite printed (TAP) and prints a line on it, with its failures in full.
# Given: suite, its exit status, and the file `counts` to which the numbers go for tests/run.

function fail(why) {
    failed++
    failures = failures "    " why "\n"
}

/^1\.\.[0-9]+/ {
    planned += substr($1, 4)
    plans++
    if (toupper($0) ~ /# *SKIP/) {
        reason = $0
        sub(/.*# *[Ss][Kk][Ii][Pp] */, "", reason)
        print "skip\t" reason >counts
        skipped++
        planned++
        ran++
    }
    showing = 0
    next
}
/^(not )?ok( |$)/ {
    ran++
    showing = 0
    if (toupper($0) ~ /# *SKIP/) {
        skipped++
        reason = $0
        sub(/.*# *[Ss][Kk][Ii][Pp] */, "", reason)
        print "skip\t" reason >counts
    } else if ($1 == "ok") {
        passed++
    } else {
        showing = 1
        fail($0)
    }
    next
}
showing { failures = failures "    " $0 "\n" }
{ tail[++lines] = $0 }

END {
    in_tests = failed
    if (status == 124)
        fail("the suite took too long and was ended")
    else if (status && !failed)
        fail("the suite ended with status " status (status > 128 ? " (signal " status - 128 ")" : ""))
    if (!plans)
        fail("the suite printed no plan")
    else if (planned != ran)
        fail("the suite planned " planned + 0 " tests and ran " ran + 0)
    printf "%s %-48s %4d tests%s\n", failed ? "FAIL" : "ok  ", suite, ran,
        skipped ? ", " skipped " skipped" : ""
    printf "%s", failures
    if (failed > in_tests)
        for (i = lines > 60 ? lines - 60 : 1; i <= lines; i++)
            print "    | " tail[i]
    printf "counts\t%d\t%d\t%d\n", passed, failed, skipped >counts
}
