/* Every diagnostic of cfngen: X(id, severity, title). Ids are stable: they are never reused.
 * CFN0xxx reading and writing files, CFN1xxx the template, CFN2xxx constructs,
 * CFN3xxx resource types and their properties, CFN4xxx AWS and migration rules. */
#ifndef CFNGEN_DIAGNOSTIC_IDS_H
#define CFNGEN_DIAGNOSTIC_IDS_H

/* clang-format off */
#define CFN_DIAGNOSTIC_IDS(X)                                                                       \
    /* files and text */                                                                            \
    X(CFN0001, ERROR,   "out of memory")                                                            \
    X(CFN0002, ERROR,   "the file cannot be read")                                                  \
    X(CFN0003, ERROR,   "the file cannot be written")                                               \
    X(CFN0004, ERROR,   "the input is too large")                                                   \
    X(CFN0005, ERROR,   "the text is not UTF-8")                                                    \
    X(CFN0006, ERROR,   "the text holds a NUL character")                                           \
    X(CFN0007, ERROR,   "the document is empty")                                                    \
    X(CFN0008, ERROR,   "the root is not a mapping")                                                \
    X(CFN0009, ERROR,   "the nesting is too deep")                                                  \
    X(CFN0010, ERROR,   "a key is given twice")                                                     \
    X(CFN0011, ERROR,   "there are too many values")                                                \
    X(CFN0012, ERROR,   "a value is too long")                                                      \
    X(CFN0013, NOTE,    "further diagnostics are not shown")                                        \
    /* JSON */                                                                                      \
    X(CFN0101, ERROR,   "JSON syntax")                                                              \
    X(CFN0102, ERROR,   "a number is out of range")                                                 \
    /* YAML */                                                                                      \
    X(CFN0201, ERROR,   "YAML syntax")                                                              \
    X(CFN0202, ERROR,   "unknown tag")                                                              \
    X(CFN0203, ERROR,   "more than one document")                                                   \
    X(CFN0204, ERROR,   "unknown anchor")                                                           \
    X(CFN0205, ERROR,   "an alias stands inside its own anchor")                                    \
    X(CFN0206, ERROR,   "a key is not text")                                                        \
    X(CFN0207, ERROR,   "a merge key (<<) does not name a mapping")                                 \
    X(CFN0208, WARNING, "a plain yes, no, on or off is a boolean")                                  \
    X(CFN0209, WARNING, "a plain scalar looks like a number but is taken as text")                  \
    X(CFN0210, ERROR,   "a tag does not fit its value")
/* clang-format on */

#endif
